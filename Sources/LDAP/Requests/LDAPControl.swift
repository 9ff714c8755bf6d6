/// An extension that rides on a request (RFC 4511 section 4.1.11).
public struct LDAPControl: Hashable, Sendable {
    public let identifier: String
    /// Whether the server must refuse the request when it does not know the control.
    public let isCritical: Bool
    /// BER as the control's specification has it; nil for a control without a value.
    public let value: [UInt8]?

    public init(_ identifier: String, isCritical: Bool, value: [UInt8]? = nil) {
        self.identifier = identifier
        self.isCritical = isCritical
        self.value = value
    }

    /// LDAP_SERVER_DOMAIN_SCOPE_OID: the server generates no continuation references ([MS-ADTS] 3.1.1.3.4.1.4).
    public static let domainScope = LDAPControl("1.2.840.113556.1.4.1339", isCritical: true)
}
