import CLDAP

/// One message from the server, freed with its owner.
struct LDAPMessage: ~Copyable {
    let pointer: OpaquePointer

    /// Which request it answers; 0 for an unsolicited notification.
    var identifier: Int32 { ldap_msgid(pointer) }

    /// The protocol operation, one of the tags of RFC 4511 section 4.
    var type: Int32 { ldap_msgtype(pointer) }

    deinit {
        ldap_msgfree(pointer)
    }
}

/// The final answer to a request (RFC 4511 section 4.1.9).
struct LDAPResponse: Sendable {
    var code: LDAPResultCode
    var matchedDN = ""
    var diagnostic = ""
    /// URIs of servers that might know more, for code `referral` (RFC 4511 section 4.1.10).
    var referrals: [String] = []
    /// Where the next page begins (RFC 2696); empty after the last one, and where no pages were asked for.
    var pageCookie: [UInt8] = []

    /// The error this answer is, for any code but success.
    func error(in operation: LDAPOperation) -> LDAPError {
        LDAPError(
            code: code,
            delivery: .answered,
            operation: operation.description,
            reason: referrals.isEmpty ? nil : "the server refers to \(referrals.joined(separator: " "))",
            serverDiagnostic: diagnostic,
            matchedDN: matchedDN
        )
    }
}
