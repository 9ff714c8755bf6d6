/// Who asks: an account and the groups it is in ([MS-ADTS] 5.1.3.1).
public struct AccessToken: Hashable, Sendable {
    /// The account's own identifier.
    public let account: SecurityIdentifier
    public let identifiers: Set<SecurityIdentifier>

    /// - Parameter identifiers: as `tokenGroups` of the root DSE has them, the account's own first
    ///   ([MS-ADTS] 3.1.1.3.2.28). Whoever has signed in is one of Everyone and of the authenticated users besides.
    public init?(_ identifiers: [SecurityIdentifier]) {
        guard let account = identifiers.first else { return nil }
        self.account = account
        self.identifiers = Set(identifiers).union([.everyone, .authenticatedUsers])
    }

    /// The groups in it that have power over the domain, sorted.
    public var privileged: [SecurityIdentifier] {
        identifiers.filter(\.isPrivileged).sorted { $0.description < $1.description }
    }
}
