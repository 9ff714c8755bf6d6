public import Directory

/// What the domain asks of one user's password, as Windows judges an administrative reset ([MS-SAMR] 3.1.1.7.2, and the
/// policy setting "Password must meet complexity requirements").
///
/// A password that passes may still be refused: a domain controller can have password filters of its own, and the policy
/// may be less than certain (``PasswordPolicy/Source``). History and minimum age do not apply to a reset.
public struct PasswordRules: Sendable {
    public let policy: PasswordPolicy
    /// `sAMAccountName`.
    public let accountName: String
    /// `displayName`; nil when the user has none.
    public let displayName: String?

    /// The most UTF-16 code units a password may have ([MS-SAMR] 3.1.1.7.2, "maximum password length constraint").
    public static let maximumLength = 256
    /// Kinds of characters, of the five there are, that a complex password needs.
    static let neededCategories = 3
    /// Names and parts of names shorter than this, in UTF-16 code units, may stand in a password.
    private static let shortestName = 3

    public init(policy: PasswordPolicy, accountName: String, displayName: String?) {
        self.policy = policy
        self.accountName = accountName
        self.displayName = displayName
    }

    /// What is wrong with a password, a sentence each for the operator; empty when nothing is. No sentence quotes it.
    public func problems(with password: Secret) -> [String] {
        faults(of: password).map { $0.sentence(minimumLength: minimumLength) }
    }

    /// The rules, a sentence each, for a page that asks for a password. They quote names: escape them.
    public var sentences: [String] {
        let length = "It has at least \(counted(minimumLength)) and at most \(Self.maximumLength)."
        return [length] + (policy.requiresComplexity ? complexitySentences : []) + reservation
    }

    private var complexitySentences: [String] {
        let kinds = """
            It has characters of at least three of these kinds: \
            \(PasswordCategory.allCases.map(\.rawValue).joined(separator: ", ")).
            """
        let names = forbiddenNames.map { "“\($0.text)”" }
        guard !names.isEmpty else { return [kinds] }
        return [kinds, "It contains none of these, in uppercase or lowercase: \(names.joined(separator: ", "))."]
    }

    private var reservation: [String] {
        switch policy.source {
        case .domain, .fineGrained: []
        case .domainForWantOfFineGrained:
            ["A fine-grained password policy applies to this user and cannot be read here: it may ask for more."]
        }
    }

    func faults(of password: Secret) -> [PasswordFault] {
        let text = password.reveal()
        guard !text.isEmpty else { return [.empty] }
        var faults: [PasswordFault] = []
        let length = text.utf16.count
        if length < minimumLength { faults.append(.tooShort(length)) }
        if length > Self.maximumLength { faults.append(.tooLong(length)) }
        if text.unicodeScalars.contains(where: \.isControl) { faults.append(.controlCharacter) }
        guard policy.requiresComplexity else { return faults }
        let present = Set(text.unicodeScalars.compactMap(PasswordCategory.init))
        if present.count < Self.neededCategories { faults.append(.tooSimple(present)) }
        let folded = CaseFold(text)
        return faults + forbiddenNames.filter { folded.contains(CaseFold($0.text)) }.map(PasswordFault.contains)
    }

    /// An empty password is refused whatever the policy says: it would let anybody in who knows the account name.
    var minimumLength: Int { max(policy.minimumLength, 1) }

    /// What must not stand in a password: the account name as a whole, and each part of the display name.
    private var forbiddenNames: [ForbiddenName] {
        // The separators that [MS-SAMR] 3.1.1.7.2 enumerates.
        let separators: Set<Unicode.Scalar> = [" ", ",", ".", "\t", "-", "_", "#"]
        let parts = (displayName ?? "").unicodeScalars.split(whereSeparator: separators.contains)
        var seen: Set<CaseFold> = []
        return ([.accountName(accountName)] + parts.map { .displayNamePart(String($0)) })
            .filter { $0.text.utf16.count >= Self.shortestName && seen.insert(CaseFold($0.text)).inserted }
    }
}

extension Unicode.Scalar {
    /// Line and paragraph separators are no control characters to Unicode, and just as hard to type.
    var isControl: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
