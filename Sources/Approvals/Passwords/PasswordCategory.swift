/// The five kinds of characters of the policy setting "Password must meet complexity requirements".
enum PasswordCategory: String, CaseIterable, Sendable {
    case uppercase = "uppercase letters"
    case lowercase = "lowercase letters"
    case digit = "digits"
    case symbol = "ASCII punctuation and symbols"
    case uncased = "letters that have no case"

    /// Nil for what counts as nothing: spaces, digits of other scripts, marks, symbols beyond ASCII (`€` and `£` among
    /// them, says the setting).
    init?(_ scalar: Unicode.Scalar) {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter: self = .uppercase
        case .lowercaseLetter: self = .lowercase
        case .titlecaseLetter, .modifierLetter, .otherLetter: self = .uncased
        case .decimalNumber where scalar.isASCII: self = .digit
        default:
            guard ("!"..."~").contains(scalar) else { return nil }
            self = .symbol
        }
    }
}

/// A text for comparison without regard to case, scalar by scalar: as a domain controller compares, neither composing nor
/// decomposing.
struct CaseFold: Hashable {
    private let scalars: [Unicode.Scalar]

    init(_ text: String) {
        scalars = text.unicodeScalars.map { scalar in
            let uppercase = scalar.properties.uppercaseMapping.unicodeScalars
            return uppercase.count == 1 ? uppercase.first ?? scalar : scalar
        }
    }

    func contains(_ part: CaseFold) -> Bool { scalars.contains(part.scalars) }
}
