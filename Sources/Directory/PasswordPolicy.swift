/// What a domain asks of a password, as far as it can be known beforehand.
public struct PasswordPolicy: Sendable, Hashable {
    /// Where it comes from, and so how far it can be relied on.
    public enum Source: Sendable, Hashable {
        /// The domain's own (`minPwdLength` and `pwdProperties` of the domain head). Of a user it means that no
        /// fine-grained policy applies to him, or that this account may not read `msDS-ResultantPSO`.
        case domain
        /// The fine-grained policy (password settings object) that applies to the user.
        case fineGrained
        /// A fine-grained policy applies to the user and may not be read: the figures are the domain's, and it may ask for
        /// more.
        case domainForWantOfFineGrained
    }

    /// UTF-16 code units, which AD counts as characters.
    public let minimumLength: Int
    public let requiresComplexity: Bool
    public let source: Source

    public init(minimumLength: Int, requiresComplexity: Bool, source: Source) {
        self.minimumLength = minimumLength
        self.requiresComplexity = requiresComplexity
        self.source = source
    }

    /// The same figures, standing in for a fine-grained policy that may not be read.
    public var forWantOfFineGrained: PasswordPolicy {
        PasswordPolicy(
            minimumLength: minimumLength, requiresComplexity: requiresComplexity, source: .domainForWantOfFineGrained)
    }
}
