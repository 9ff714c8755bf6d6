import LabSupport
import Testing

extension EndToEnd {
    /// Kerberos, with the domains' own KDCs and DNS; no password anywhere.
    @Suite struct Kerberos {
        @Test("Export and import with keytabs, the servers found in the DNS, everything encrypted")
        func roundTrip() async throws {
            let kerberos = try await KerberosStage()
            #expect(kerberos[.export]["server"] == "source.test")
            for command in [Stage.Command.export, .import] {
                #expect(kerberos[command]["bind"].keys == ["method", "principal", "keytab"])
                let run = try await kerberos.run(command, "--log-level", "debug")
                run.ended(with: 0, saying: "the DNS names for", "signed and encrypted with 256 bits")
                #expect(!run.log.contains("encrypted by TLS"))
            }
            let users = try await kerberos.stage.managedUsers()
            #expect(Set(users.compactMap { $0.first("sAMAccountName") }) == Set(Crew.four.map(\.account)))
        }

        @Test("A password is set inside the encryption of Kerberos")
        func password() async throws {
            let kerberos = try await KerberosStage([.jane])
            try await kerberos.run(.export).ended(with: 0)
            try await kerberos.run(.import).ended(with: 0)
            let password = "Correct-Horse-7-Battery"
            try kerberos.stage.answer(
                "enable", of: Crew.jane.cn, with: ["accept": true, "password": .text(password)])
            try await kerberos.run(.import).ended(with: 0)
            let target = kerberos.stage.target
            #expect(try await target.accepts("\(Crew.jane.account)@\(target.dnsName)", password: password))
        }

        @Test("Who listens on the way hears no name")
        func wire() async throws {
            let kerberos = try await KerberosStage([.jane])
            let (run, heard) = try await ListeningRelay.export(kerberos)
            run.ended(with: 0)
            let text = String(decoding: heard, as: UTF8.self)
            #expect(text.contains("GSSAPI"))
            for word in ["defaultNamingContext", "OU=Crew", Crew.jane.account] { #expect(!text.contains(word)) }
        }

        @Test("A ticket that somebody else got, in a named cache or the default one", arguments: [true, false])
        func ticketCache(isNamed: Bool) async throws {
            var kerberos = try await KerberosStage([.jane])
            try await kerberos.getTicket(lifetime: "10m", into: "tickets")
            kerberos.bind(["keytab": nil, "principal": nil])
            if isNamed {
                kerberos.bind(["credential_cache": "tickets"])
            } else {
                kerberos.environment["KRB5CCNAME"] = kerberos.stage.folder.path("tickets")
            }
            try await kerberos.run(.export, "--log-level", "debug").ended(
                with: 0, saying: "as svc-export@SOURCE.TEST with Kerberos")
        }

        @Test("With a password, a server found in the DNS is told nothing before StartTLS")
        func startTLS() async throws {
            var kerberos = try await KerberosStage([.jane])
            let source = kerberos.stage.source
            kerberos[.export]["bind"] = [
                "user": .text(source.service.name), "password_file": .text(source.service.passwordFile),
            ]
            try await kerberos.run(.export).ended(with: 69, saying: "certificate")
            kerberos[.export]["tls"] = ["ca_file": .text(source.caFile)]
            try await kerberos.run(.export, "--log-level", "debug").ended(with: 0, saying: "encrypted by TLS")
        }

        @Test("Inside TLS, where a domain controller wants it signed and encrypted once more: told, with the way out")
        func insideTLS() async throws {
            var kerberos = try await KerberosStage([.jane])
            kerberos[.export]["server"] = .text("ldaps://\(kerberos.stage.source.hostName)")
            kerberos[.export]["tls"] = ["ca_file": .text(kerberos.stage.source.caFile)]
            try await kerberos.run(.export).ended(
                with: 78, saying: "takes no Kerberos inside TLS", "use ldap:// without tls.start_tls")
        }
    }
}
