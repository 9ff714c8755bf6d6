import CKerberos

/// One context of libkrb5, with what `krb5.conf` says at this moment. Used by one thread at a time.
final class KerberosLibrary {
    let context: krb5_context

    /// - Throws: when krb5.conf cannot be read.
    init() throws(KerberosFailure) {
        var context: krb5_context?
        let code = krb5_init_context(&context)
        guard code == 0, let context else {
            let words = Self.words(for: code, in: nil)
            throw KerberosFailure(
                .unusable, "the Kerberos configuration (/etc/krb5.conf) cannot be used: \(words): correct it")
        }
        self.context = context
    }

    deinit { krb5_free_context(context) }

    /// The library's own words for the code that the last call returned.
    func words(for code: krb5_error_code) -> String { Self.words(for: code, in: context) }

    private static func words(for code: krb5_error_code, in context: krb5_context?) -> String {
        guard let message = krb5_get_error_message(context, code) else { return "error \(code)" }
        defer { krb5_free_error_message(context, message) }
        return String(cString: message)
    }

    func principal(_ text: String) throws(KerberosFailure) -> KerberosPrincipal {
        var principal: krb5_principal?
        let code = krb5_parse_name(context, text, &principal)
        guard code == 0, let principal else {
            throw KerberosFailure(.unusable, "\(text) is no Kerberos principal: \(words(for: code)): write name@REALM")
        }
        return KerberosPrincipal(pointer: principal, library: self)
    }

    /// The principal of a service on a host, `ldap/dc1.source.test`, as GSSAPI will ask for it: krb5.conf decides
    /// whether the name is looked up in the DNS before.
    func service(_ service: String, on host: String) throws(KerberosFailure) -> KerberosPrincipal {
        var principal: krb5_principal?
        let code = krb5_sname_to_principal(context, host, service, KRB5_NT_SRV_HST, &principal)
        guard code == 0, let principal else {
            throw KerberosFailure(.unknownServer, "\(host) has no Kerberos name: \(words(for: code))")
        }
        return KerberosPrincipal(pointer: principal, library: self)
    }
}

/// A name of RFC 4120 section 6.
final class KerberosPrincipal {
    let pointer: krb5_principal
    private let library: KerberosLibrary

    init(pointer: krb5_principal, library: KerberosLibrary) {
        self.pointer = pointer
        self.library = library
    }

    deinit { krb5_free_principal(library.context, pointer) }

    var name: String {
        var text: UnsafeMutablePointer<CChar>?
        guard krb5_unparse_name(library.context, pointer, &text) == 0, let text else { return "" }
        defer { krb5_free_unparsed_name(library.context, text) }
        return String(cString: text)
    }

    /// The part after the `@`.
    var realm: String {
        let octets = UnsafeRawBufferPointer(start: pointer.pointee.realm.data, count: Int(pointer.pointee.realm.length))
        return String(decoding: octets, as: UTF8.self)
    }

    func isSame(as other: KerberosPrincipal) -> Bool {
        krb5_principal_compare(library.context, pointer, other.pointer) != 0
    }
}
