import CKerberos
import Glibc

/// A file with the long-term keys of an account (MIT's "keytab").
final class Keytab {
    let pointer: krb5_keytab
    private let library: KerberosLibrary
    private let path: String

    /// - Throws: when there is no such file, or it may not be read.
    init(_ path: String, _ library: KerberosLibrary) throws(KerberosFailure) {
        guard access(path, R_OK) == 0 else {
            let code = errno
            let advice =
                code == ENOENT
                ? "export one with `samba-tool domain exportkeytab` or ktpass, or correct bind.keytab"
                : "let the account that runs this read it, and nobody else (chmod 600)"
            throw KerberosFailure(
                .unusable, "the keytab \(path) cannot be read: \(String(cString: strerror(code))): \(advice)")
        }
        var pointer: krb5_keytab?
        let code = krb5_kt_resolve(library.context, "FILE:\(path)", &pointer)
        guard code == 0, let pointer else {
            throw KerberosFailure(.unusable, "the keytab \(path) cannot be used: \(library.words(for: code))")
        }
        self.pointer = pointer
        self.library = library
        self.path = path
    }

    deinit { krb5_kt_close(library.context, pointer) }

    /// - Throws: when it holds no key of the principal, with the principals it does hold.
    func requireKey(of principal: KerberosPrincipal) throws(KerberosFailure) {
        var entry = krb5_keytab_entry()
        let code = krb5_kt_get_entry(library.context, pointer, principal.pointer, 0, 0, &entry)
        if code == 0 {
            krb5_free_keytab_entry_contents(library.context, &entry)
            return
        }
        let owners = principals()
        guard code == krb5_error_code(KRB5_KT_NOTFOUND), !owners.isEmpty else {
            throw KerberosFailure(
                .unusable,
                "the keytab \(path) cannot be used: \(library.words(for: code)): it must be a file as `samba-tool domain "
                    + "exportkeytab` or ktpass writes it; export it again")
        }
        throw KerberosFailure(
            .unusable,
            "the keytab \(path) has no key of \(principal.name), only of \(owners.joined(separator: ", ")): correct "
                + "bind.principal (capitals count), or export the key of that account")
    }

    /// Whose keys it holds, each once, in the order of the file.
    private func principals() -> [String] {
        var cursor: krb5_kt_cursor?
        guard krb5_kt_start_seq_get(library.context, pointer, &cursor) == 0 else { return [] }
        defer { krb5_kt_end_seq_get(library.context, pointer, &cursor) }
        var result: [String] = []
        var entry = krb5_keytab_entry()
        while krb5_kt_next_entry(library.context, pointer, &entry, &cursor) == 0 {
            defer { krb5_free_keytab_entry_contents(library.context, &entry) }
            var text: UnsafeMutablePointer<CChar>?
            guard krb5_unparse_name(library.context, entry.principal, &text) == 0, let text else { continue }
            defer { krb5_free_unparsed_name(library.context, text) }
            let name = String(cString: text)
            if !result.contains(name) { result.append(name) }
        }
        return result
    }
}
