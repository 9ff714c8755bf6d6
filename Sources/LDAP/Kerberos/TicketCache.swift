import CKerberos

/// Where tickets are: one in memory for a keytab, or somebody else's.
final class TicketCache {
    let pointer: krb5_ccache
    private let library: KerberosLibrary
    /// Whether it is this object's own, and goes with it.
    private let isOwn: Bool

    private init(_ pointer: krb5_ccache, _ library: KerberosLibrary, isOwn: Bool) {
        self.pointer = pointer
        self.library = library
        self.isOwn = isOwn
    }

    deinit {
        if isOwn {
            krb5_cc_destroy(library.context, pointer)
        } else {
            krb5_cc_close(library.context, pointer)
        }
    }

    /// As GSSAPI takes it: `MEMORY:…`, `FILE:/tmp/krb5cc_0`.
    var name: String {
        var text: UnsafeMutablePointer<CChar>?
        guard krb5_cc_get_full_name(library.context, pointer, &text) == 0, let text else { return "" }
        defer { krb5_free_string(library.context, text) }
        return String(cString: text)
    }

    /// Whose tickets it holds.
    ///
    /// - Throws: when there is no such cache.
    func owner() throws(KerberosFailure) -> KerberosPrincipal {
        var principal: krb5_principal?
        let code = krb5_cc_get_principal(library.context, pointer, &principal)
        guard code == 0, let principal else {
            throw KerberosFailure(
                .unusable,
                "there is no Kerberos ticket in \(name): \(library.words(for: code)): get one with `kinit`, as the user "
                    + "that runs this, or give bind.keytab")
        }
        return KerberosPrincipal(pointer: principal, library: library)
    }

    /// In seconds.
    private static let leastTime: Int64 = 120

    // MARK: the two kinds

    /// One that exists already.
    ///
    /// - Throws: when there is none, or it is another principal's.
    static func existing(
        _ name: String?, of principal: String?, _ library: KerberosLibrary
    ) throws(KerberosFailure) -> TicketCache {
        let wanted = try principal.map { text throws(KerberosFailure) in try library.principal(text) }
        var pointer: krb5_ccache?
        if name == nil, let wanted, krb5_cc_cache_match(library.context, wanted.pointer, &pointer) == 0, let pointer {
            return TicketCache(pointer, library, isOwn: false)
        }
        let code =
            if let name {
                krb5_cc_resolve(library.context, name, &pointer)
            } else {
                krb5_cc_default(library.context, &pointer)
            }
        guard code == 0, let pointer else {
            throw KerberosFailure(
                .unusable,
                "the ticket cache \(name ?? "of this session") cannot be used: \(library.words(for: code)): correct "
                    + "bind.credential_cache, or KRB5CCNAME in the environment")
        }
        let cache = TicketCache(pointer, library, isOwn: false)
        let owner = try cache.owner()
        if let wanted, !owner.isSame(as: wanted) {
            throw KerberosFailure(
                .unusable,
                "the ticket in \(cache.name) is that of \(owner.name), not of \(wanted.name): get the other one with "
                    + "`kinit`, or correct bind.principal")
        }
        return cache
    }

    /// A fresh ticket in memory, by the keys of a file.
    static func fresh(
        by keytab: Keytab, for principal: KerberosPrincipal, _ library: KerberosLibrary
    ) throws(KerberosFailure) -> TicketCache {
        var pointer: krb5_ccache?
        var code = krb5_cc_new_unique(library.context, "MEMORY", nil, &pointer)
        guard code == 0, let pointer else {
            throw KerberosFailure(.unusable, "no ticket cache can be made: \(library.words(for: code))")
        }
        let cache = TicketCache(pointer, library, isOwn: true)
        var options: UnsafeMutablePointer<krb5_get_init_creds_opt>?
        code = krb5_get_init_creds_opt_alloc(library.context, &options)
        defer { krb5_get_init_creds_opt_free(library.context, options) }
        if code == 0 { code = krb5_get_init_creds_opt_set_out_ccache(library.context, options, pointer) }
        var ticket = krb5_creds()
        if code == 0 {
            code = krb5_get_init_creds_keytab(
                library.context, &ticket, principal.pointer, keytab.pointer, 0, nil, options)
        }
        guard code == 0 else {
            throw KerberosFailure(
                code, library.words(for: code), asking: .account(principal.name), in: principal.realm)
        }
        krb5_free_cred_contents(library.context, &ticket)
        return cache
    }

    /// Gets a ticket for a service, unless there is one already.
    func requireTicket(for service: KerberosPrincipal, host: String) throws(KerberosFailure) {
        let owner = try owner()
        try requireTime(owner)
        // Only the two names count; the rest is zero.
        var wanted = krb5_creds()
        wanted.client = owner.pointer
        wanted.server = service.pointer
        var ticket: UnsafeMutablePointer<krb5_creds>?
        let code = krb5_get_credentials(library.context, 0, pointer, &wanted, &ticket)
        guard code == 0 else {
            throw KerberosFailure(
                code, library.words(for: code),
                asking: .service("ldap/\(host)", host: host, cache: isOwn ? nil : name), in: owner.realm)
        }
        krb5_free_creds(library.context, ticket)
    }

    /// For five minutes after its end (`clockskew` of krb5.conf) libkrb5 goes on with a ticket, and then reports what the
    /// domain says to that, which is anything. Samba's KDC gives nothing for a ticket in its last two minutes, which it
    /// takes for one to change a password with.
    private func requireTime(_ owner: KerberosPrincipal) throws(KerberosFailure) {
        let granting = try library.principal("krbtgt/\(owner.realm)@\(owner.realm)")
        var wanted = krb5_creds()
        wanted.client = owner.pointer
        wanted.server = granting.pointer
        var ticket = krb5_creds()
        guard krb5_cc_retrieve_cred(library.context, pointer, 0, &wanted, &ticket) == 0 else { return }
        defer { krb5_free_cred_contents(library.context, &ticket) }
        var now: krb5_timestamp = 0
        // Timestamps are unsigned numbers in signed variables, or they would end in 2038.
        guard krb5_timeofday(library.context, &now) == 0,
            Int64(UInt32(bitPattern: ticket.times.endtime)) <= Int64(UInt32(bitPattern: now)) + Self.leastTime
        else { return }
        throw .expired(name)
    }
}
