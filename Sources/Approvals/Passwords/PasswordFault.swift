/// A rule that a password breaks. It never holds the password.
enum PasswordFault: Sendable {
    case empty
    /// Its length, in UTF-16 code units.
    case tooShort(Int)
    case tooLong(Int)
    case controlCharacter
    /// The kinds of characters it has.
    case tooSimple(Set<PasswordCategory>)
    case contains(ForbiddenName)

    func sentence(minimumLength: Int) -> String {
        switch self {
        case .empty: "It is empty."
        case .tooShort(let length): "It has \(counted(length)); the domain asks for at least \(minimumLength)."
        case .tooLong(let length):
            "It has \(counted(length)); Active Directory takes at most \(PasswordRules.maximumLength)."
        case .controlCharacter: "It contains a control character, which nobody can type at a sign-in."
        case .tooSimple(let present):
            """
            It has characters of too few kinds: the domain asks for three, and there are none of these: \
            \(PasswordCategory.allCases.filter { !present.contains($0) }.map(\.rawValue).joined(separator: ", ")).
            """
        case .contains(.accountName(let name)): "It contains the account name “\(name)”."
        case .contains(.displayNamePart(let part)): "It contains “\(part)”, a part of the display name."
        }
    }
}

/// A name that must not stand in the password of its bearer.
enum ForbiddenName: Sendable {
    case accountName(String)
    case displayNamePart(String)

    var text: String {
        switch self {
        case .accountName(let text), .displayNamePart(let text): text
        }
    }
}

/// `1 character`, `8 characters`.
func counted(_ characters: Int) -> String { characters == 1 ? "1 character" : "\(characters) characters" }
