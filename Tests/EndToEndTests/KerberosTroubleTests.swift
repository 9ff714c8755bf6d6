import LabSupport
import Testing

extension EndToEnd {
    /// What goes wrong with Kerberos and the DNS: each is told in a sentence of its own, and nothing is written.
    @Suite struct KerberosTrouble {
        // MARK: the keytab

        @Test("A keytab that is not there, is none, or is another account's: status 78")
        func keytab() async throws {
            var kerberos = try await KerberosStage([])
            kerberos.bind(["keytab": "nowhere.keytab"])
            try await kerberos.run(.export).ended(
                with: 78, saying: "the keytab nowhere.keytab cannot be read: No such file", "exportkeytab")
            try kerberos.stage.folder.write("no keytab", to: "text")
            kerberos.bind(["keytab": "text"])
            try await kerberos.run(.export).ended(with: 78, saying: "the keytab text cannot be used")
            kerberos.bind(["keytab": "import.keytab"])
            try await kerberos.run(.export).ended(
                with: 78, saying: "has no key of svc-export@SOURCE.TEST, only of svc-import@TARGET.TEST")
        }

        @Test(
            "Keys the domain does not take, and an account it does not know: status 77",
            arguments: [
                ("svc-export@SOURCE.TEST", "does not take the keys of svc-export@SOURCE.TEST", "export it again"),
                ("svc-nobody@SOURCE.TEST", "knows no account svc-nobody@SOURCE.TEST", "correct bind.principal"),
            ])
        func refused(principal: String, words: String, advice: String) async throws {
            var kerberos = try await KerberosStage([])
            try await kerberos.makeKeytab(of: principal, password: "wrong", at: "wrong.keytab")
            kerberos.bind(["keytab": "wrong.keytab", "principal": .text(principal)])
            try await kerberos.run(.export).ended(with: 77, saying: words, advice)
        }

        @Test("An account that is disabled: status 77")
        func disabled() async throws {
            let kerberos = try await KerberosStage([])
            let source = kerberos.stage.source
            let run = try await source.withAccountControl(514) { try await kerberos.run(.export) }
            run.ended(with: 77, saying: "svc-export@SOURCE.TEST is disabled or locked")
            try await kerberos.run(.export, "--allow-empty").ended(with: 0)
        }

        // MARK: the ticket cache

        @Test("A ticket cache that is not there, another's, or too old: status 78")
        func ticketCache() async throws {
            var kerberos = try await KerberosStage([])
            kerberos.bind(["keytab": nil, "credential_cache": "tickets"])
            try await kerberos.run(.export).ended(
                with: 78, saying: "there is no Kerberos ticket in FILE:tickets", "kinit")
            try await kerberos.getTicket(lifetime: "10m", into: "tickets")
            // After its end, whichever way the clock got there.
            try await kerberos.run(.export, clock: "+11m").ended(
                with: 78, saying: "the Kerberos ticket in FILE:tickets has expired", "kinit")
            kerberos.bind(["principal": "svc-other@SOURCE.TEST"])
            try await kerberos.run(.export).ended(
                with: 78, saying: "is that of svc-export@SOURCE.TEST, not of svc-other@SOURCE.TEST")
        }

        // MARK: the clock

        @Test(
            "A clock that is ten minutes off: status 75 with a ticket that was there before",
            arguments: ["+10m", "-10m"])
        func clockOfATicketCache(offset: String) async throws {
            var kerberos = try await KerberosStage([])
            try await kerberos.getTicket(lifetime: "10h", into: "tickets")
            kerberos.bind(["keytab": nil, "credential_cache": "tickets"])
            try await kerberos.run(.export, clock: offset).ended(
                with: 75, saying: "are too far apart for Kerberos", "set the one that is wrong")
        }

        @Test(
            "With a keytab, libkrb5 sees how far off the clock is and goes on with a warning, unless krb5.conf forbids it"
        )
        func clockOfAKeytab() async throws {
            let kerberos = try await KerberosStage([.jane])
            try await kerberos.run(.export, clock: "+10m").ended(with: 0, saying: "WARNING", "minutes ahead of")
            let strict = kerberos.krb5Configuration.replacing("[libdefaults]", with: "[libdefaults]\nkdc_timesync = 0")
            try kerberos.stage.folder.write(strict, to: "krb5.conf")
            try await kerberos.run(.export, clock: "+10m").ended(with: 75, saying: "are too far apart for Kerberos")
        }

        // MARK: the servers

        @Test("A KDC that is down: status 69")
        func noKDC() async throws {
            let kerberos = try await KerberosStage([])
            let address = kerberos.stage.source.address
            try kerberos.stage.folder.write(
                kerberos.krb5Configuration.replacing("kdc = \(address)", with: "kdc = 127.0.0.1:9"), to: "krb5.conf")
            try await kerberos.run(.export).ended(
                with: 69, saying: "no Kerberos server (KDC) of SOURCE.TEST answers", "port 88")
        }

        @Test("A realm without a KDC: status 69")
        func unknownRealm() async throws {
            let kerberos = try await KerberosStage([])
            try kerberos.stage.folder.write("[libdefaults]\ndns_lookup_kdc = false\n", to: "krb5.conf")
            try await kerberos.run(.export).ended(
                with: 69, saying: "no Kerberos server (KDC) of SOURCE.TEST can be found", "krb5.conf")
        }

        @Test("A server called by a name that Kerberos does not know: status 78")
        func noServicePrincipal() async throws {
            var kerberos = try await KerberosStage([])
            let source = kerberos.stage.source
            // Another spelling of the address, whose usual one is a servicePrincipalName in the lab.
            let octets = source.address.split(separator: ".").compactMap { Int($0) }
            let spelling = "\(octets[0]).\(octets[1]).\(octets[2] * 256 + octets[3])"
            kerberos[.export]["server"] = .text("ldap://\(spelling)")
            try await kerberos.run(.export).ended(
                with: 78, saying: "knows no server ldap/\(spelling)", "put the domain controller's host name in place")
            try kerberos.stage.folder.write("\(source.address) alias.source.test\n", to: "hosts")
            kerberos[.export]["server"] = "ldap://alias.source.test"
            try await kerberos.run(.export).ended(
                with: 78, saying: "knows no server ldap/alias.source.test", "full name only")
        }

        @Test("SASL without its module for Kerberos: status 78, with the name of the package")
        func noModule() async throws {
            var kerberos = try await KerberosStage([])
            kerberos.environment["SASL_PATH"] = kerberos.stage.folder.path
            try await kerberos.run(.export).ended(with: 78, saying: "apt-get install libsasl2-modules-gssapi-mit")
        }

        // MARK: the DNS

        @Test(
            "A domain that the DNS does not know, or knows no servers of: status 78",
            arguments: [
                ("nowhere.test", "the DNS knows no domain nowhere.test"),
                ("source-dc.source.test", "there is no SRV record _ldap._tcp.source-dc.source.test"),
            ])
        func unknownDomain(domain: String, words: String) async throws {
            var kerberos = try await KerberosStage([])
            kerberos[.export]["server"] = .text(domain)
            try await kerberos.run(.export).ended(with: 78, saying: words, "/etc/resolv.conf")
        }

        @Test("No DNS: status 69")
        func noDNS() async throws {
            var kerberos = try await KerberosStage([])
            try kerberos.stage.folder.write("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n", to: "deaf.conf")
            kerberos.environment["RESOLV_WRAPPER_CONF"] = kerberos.stage.folder.path("deaf.conf")
            try await kerberos.run(.export).ended(
                with: 69, saying: "no DNS server tells the servers of source.test", "/etc/resolv.conf")
        }
    }
}

extension LabDomain {
    /// Does `work` while the service account has another userAccountControl.
    fileprivate func withAccountControl<Value>(_ control: Int, _ work: () async throws -> Value) async throws -> Value {
        let before = try #require(try await entry(serviceDN)?.first("userAccountControl"))
        try await apply(.modify(serviceDN, .replace, "userAccountControl", [String(control)]))
        let result: Result<Value, any Error>
        do {
            result = .success(try await work())
        } catch {
            result = .failure(error)
        }
        try await apply(.modify(serviceDN, .replace, "userAccountControl", [before]))
        return try result.get()
    }
}
