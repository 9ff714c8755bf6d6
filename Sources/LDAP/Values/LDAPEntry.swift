public import DistinguishedNames

/// One object as a search returned it (RFC 4511 section 4.5.2), complete: an attribute whose values came in several
/// ranges has been put together.
public struct LDAPEntry: Hashable, Sendable {
    /// The name as the server spelled it. Not for comparison: spelling and escaping differ between servers.
    public let rawDN: String

    /// The attributes in the server's order. Attributes without a value, or that the reader may not see, are absent.
    public internal(set) var attributes: [LDAPAttribute]

    public init(rawDN: String, attributes: [LDAPAttribute]) {
        self.rawDN = rawDN
        self.attributes = attributes
    }

    /// The values of the attribute, whatever the case of its name; empty when the entry has none.
    public subscript(name: LDAPAttributeName) -> [LDAPValue] {
        attributes.first { $0.name == name }?.values ?? []
    }

    /// The parsed name; of no levels for the root DSE.
    ///
    /// - Throws: ``DistinguishedNameError`` for a name Active Directory does not give. Parsed anew by each call: most
    ///   readers of thousands of entries want it once or not at all.
    public var distinguishedName: DistinguishedName {
        get throws(DistinguishedNameError) { try DistinguishedName(parsing: rawDN) }
    }
}
