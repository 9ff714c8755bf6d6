/// An attribute and its values (RFC 4511 section 4.1.7), as read or as to be written.
public struct LDAPAttribute: Hashable, Sendable {
    public let name: LDAPAttributeName
    /// In the server's order, which means nothing: values are a set.
    public let values: [LDAPValue]

    public init(_ name: LDAPAttributeName, _ values: [LDAPValue]) {
        self.name = name
        self.values = values
    }

    /// An attribute with one value.
    public init(_ name: LDAPAttributeName, _ value: LDAPValue) {
        self.init(name, [value])
    }
}
