import CLDAP
import Glibc

/// One `LDAP *` and its socket. Lives on its connection's thread, and nowhere else.
///
/// It never connects anew by itself: libldap would, on its own, to a server that has not authenticated us; so a handle
/// whose socket changed is treated as lost (``isOpen``).
final class LDAPHandle {
    let pointer: OpaquePointer
    let socket: Int32

    /// Takes the connected socket over; nil when libldap has no memory.
    init?(_ connected: consuming Socket, endpoint: LDAPURI) {
        let descriptor = connected.take()
        var pointer: OpaquePointer?
        guard ldap_init_fd(descriptor, LDAP_PROTO_TCP, endpoint.description, &pointer) == LDAP_SUCCESS, let pointer
        else {
            close(descriptor)
            return nil
        }
        self.pointer = pointer
        socket = descriptor
    }

    deinit {
        // Says goodbye (RFC 4511 section 4.3), closes the socket and frees the handle.
        ldap_unbind_ext(pointer, nil, nil)
    }

    /// Whether libldap still has the socket it was given.
    var isOpen: Bool { option(LDAP_OPT_DESC, default: -1) == socket }

    /// Lets no read block for longer than this: a message that stops in the middle must not hold the thread.
    func limitReads(to limit: Duration) {
        var time = limit.timeValue
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    var isEncrypted: Bool { ldap_tls_inplace(pointer) == 1 }

    /// libldap's code for the last failure, and its words where it has some.
    func lastFailure() -> (code: LDAPResultCode, words: String) {
        let code = option(LDAP_OPT_RESULT_CODE, default: LDAP_LOCAL_ERROR)
        let words = text(LDAP_OPT_DIAGNOSTIC_MESSAGE) ?? ""
        // A failure on this side (a negative code) leaves what the server said to an earlier request, as AD says it:
        // `00000000: Success`.
        let isOfTheServer = code < 0 && words.prefix(9).wholeMatch(of: /[0-9A-Fa-f]{8}:/) != nil
        return (
            LDAPResultCode(rawValue: code),
            words.isEmpty || isOfTheServer ? String(cString: ldap_err2string(code)) : words
        )
    }

    func option(_ option: Int32, default fallback: Int32) -> Int32 {
        var value = fallback
        return ldap_get_option(pointer, option, &value) == LDAP_OPT_SUCCESS ? value : fallback
    }

    func text(_ option: Int32) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        guard ldap_get_option(pointer, option, &value) == LDAP_OPT_SUCCESS, let value else { return nil }
        defer { ldap_memfree(value) }
        return String(cString: value)
    }

    func set(_ option: Int32, _ value: Int32) {
        withUnsafePointer(to: value) { _ = ldap_set_option(pointer, option, $0) }
    }

    func set(_ option: Int32, _ value: timeval) {
        withUnsafePointer(to: value) { _ = ldap_set_option(pointer, option, $0) }
    }

    func set(_ option: Int32, _ value: String?) {
        guard let value else {
            ldap_set_option(pointer, option, nil)
            return
        }
        ldap_set_option(pointer, option, value)
    }

    func set(_ option: Int32, enabled: Bool) {
        ldap_set_option(pointer, option, enabled ? cldap_option_on() : nil)
    }
}
