import CKerberos

/// Tickets that are ready for a bind to one host: whoever has one of these needs no key distribution centre any more.
///
/// They are got before the bind, by libkrb5 itself, whose codes tell what is wrong; SASL would make a sentence of them.
final class KerberosTickets {
    let owner: String
    private let cache: TicketCache

    /// Blocks while it asks the key distribution centre.
    init(_ identity: KerberosIdentity, forLDAPOn host: String) throws(KerberosFailure) {
        let library = try KerberosLibrary()
        switch identity {
        case .keytab(let path, let name):
            let keytab = try Keytab(path, library)
            let principal = try library.principal(name)
            try keytab.requireKey(of: principal)
            cache = try .fresh(by: keytab, for: principal, library)
        case .cache(let name, let principal):
            cache = try .existing(name, of: principal, library)
        }
        owner = try cache.owner().name
        try cache.requireTicket(for: try library.service("ldap", on: host), host: host)
    }

    /// Does `work` on this thread with GSSAPI using these tickets.
    func use<Value>(_ work: () -> Value) -> Value {
        _ = ckerberos_use_cache(cache.name)
        defer { _ = ckerberos_use_cache(nil) }
        return work()
    }
}
