import CLDAP
import Glibc

extension LDAPHandle {
    enum Received: ~Copyable {
        case message(LDAPMessage)
        /// What has arrived so far is no whole message.
        case nothing
        /// The connection cannot be used any more.
        case failed(String)
    }

    /// Takes the next message that has arrived, without waiting for one.
    func receive() -> Received {
        receive(cldap_any_message(), LDAP_MSG_ONE, within: .zero)
    }

    /// Waits for the answer to one request; only for StartTLS, before the connection is in use.
    func waitForAnswer(to identifier: Int32, within limit: Duration) -> Received {
        receive(identifier, LDAP_MSG_ALL, within: limit)
    }

    private func receive(_ identifier: Int32, _ amount: Int32, within limit: Duration) -> Received {
        var time = limit.timeValue
        var message: OpaquePointer?
        let type = ldap_result(pointer, identifier, amount, &time, &message)
        if type > 0, let message { return .message(LDAPMessage(pointer: message)) }
        return type == 0 ? .nothing : .failed(lastFailure().words)
    }

    /// Reads a final answer.
    func response(in message: borrowing LDAPMessage) -> LDAPResponse {
        var code: Int32 = 0
        var matchedDN: UnsafeMutablePointer<CChar>?
        var diagnostic: UnsafeMutablePointer<CChar>?
        var referrals: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        var controls: UnsafeMutablePointer<UnsafeMutablePointer<ldapcontrol>?>?
        let status = ldap_parse_result(
            pointer,
            message.pointer,
            &code,
            &matchedDN,
            &diagnostic,
            &referrals,
            &controls,
            0
        )
        guard status == LDAP_SUCCESS else { return LDAPResponse(code: .decodingError) }
        defer {
            ldap_memfree(matchedDN)
            ldap_memfree(diagnostic)
            ldap_memvfree(UnsafeMutableRawPointer(referrals)?.assumingMemoryBound(to: UnsafeMutableRawPointer?.self))
            ldap_controls_free(controls)
        }
        guard let cookie = pageCookie(in: controls) else { return LDAPResponse(code: .decodingError) }
        return LDAPResponse(
            code: LDAPResultCode(rawValue: code),
            matchedDN: matchedDN.map { String(cString: $0) } ?? "",
            diagnostic: diagnostic.map { String(cString: $0) } ?? "",
            referrals: Self.strings(referrals),
            pageCookie: cookie
        )
    }

    /// The URIs of a continuation reference (RFC 4511 section 4.5.3).
    func references(in message: borrowing LDAPMessage) -> [String] {
        var references: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        guard ldap_parse_reference(pointer, message.pointer, &references, nil, 0) == LDAP_SUCCESS else { return [] }
        defer {
            ldap_memvfree(UnsafeMutableRawPointer(references)?.assumingMemoryBound(to: UnsafeMutableRawPointer?.self))
        }
        return Self.strings(references)
    }

    /// Empty where there is no paging control; nil where there is one that cannot be read.
    private func pageCookie(
        in controls: UnsafeMutablePointer<UnsafeMutablePointer<ldapcontrol>?>?
    ) -> [UInt8]? {
        guard let control = ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, controls, nil) else { return [] }
        var estimate: ber_int_t = 0
        var cookie = berval()
        guard ldap_parse_pageresponse_control(pointer, control, &estimate, &cookie) == LDAP_SUCCESS else { return nil }
        defer { ldap_memfree(cookie.bv_val) }
        return Array(UnsafeRawBufferPointer(start: cookie.bv_val, count: Int(cookie.bv_len)))
    }

    private static func strings(_ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> [String] {
        var result: [String] = []
        while let text = list?[result.count] { result.append(String(cString: text)) }
        return result
    }
}
