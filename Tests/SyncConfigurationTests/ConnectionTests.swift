import Directory
import LDAP
import SyncConfiguration
import Testing

@Suite struct ConnectionTests {
    @Test(arguments: [
        (#""ldaps://dc1.source.test""#, ["ldaps://dc1.source.test:636"]),
        (#""LDAPS://DC1/""#, ["ldaps://DC1:636"]),
        (#"["ldaps://dc1:636", "ldaps://127.0.0.31"]"#, ["ldaps://dc1:636", "ldaps://127.0.0.31:636"]),
        (#"["ldaps://[::1]", "ldaps://[fe80::1]:3269/"]"#, ["ldaps://[::1]:636", "ldaps://[fe80::1]:3269"]),
    ])
    func aServerIsOneURIOrAList(value: String, uris: [String]) throws {
        let configuration = try exportConfiguration(Sample.export.with("server", value).text)
        #expect(configuration.connection.servers == .listed(try uris.map { try LDAPURI($0) }))
    }

    @Test(arguments: [("connections", "1", 1), ("connections", "16", 16), ("window", "1", 1), ("window", "1000", 1000)])
    func howMuchAtOnceIsASetting(key: String, value: String, expected: Int) throws {
        let settings = try exportConfiguration(Sample.export.with(key, value).text).connection
        #expect((key == "window" ? settings.window : settings.connections) == expected)
        let other = try exportConfiguration(Sample.export.text).connection
        #expect((other.connections, other.window) == (2, 32))
    }

    @Test(arguments: [
        ("connections", "0"), ("connections", "17"), ("window", "0"), ("window", "1001"), ("window", "1.5"),
    ])
    func howMuchAtOnceHasLimits(key: String, value: String) throws {
        let problems = exportProblems(Sample.export.with(key, value).text)
        #expect(problems.count == 1)
        #expect(try #require(problems.first).contains(key), "\(problems)")
    }

    @Test(arguments: [
        (#"["ldaps://dc1", "source.test"]"#, "a DNS domain, whose domain controllers are looked up, stands alone"),
        (#""dc1""#, "expected a URI"), (#""127.0.0.31""#, "expected a URI"), (#""-a.test""#, "expected a URI"),
        (#""source.test.""#, "expected a URI"), (#""source.test:389""#, "expected a URI"),
        (#""https://dc1.source.test""#, "expected a URI such as ldaps://dc1.example.test"),
        (#""ldaps://""#, "expected a URI"), (#""ldaps:dc1""#, "expected a URI"),
        (#""ldaps://dc1:0""#, "expected a URI"), (#""ldaps://dc1:70000""#, "expected a URI"),
        (#""ldaps://dc1/DC=source,DC=test""#, "expected a URI"), (#""ldaps://dc1 dc2""#, "expected a URI"),
        (#""ldaps://[::1""#, "expected a URI"), (#""ldaps://::1""#, "expected a URI"),
        ("[]", "a list given; expected at least one URI"),
        (#"["ldaps://dc1", 5]"#, "server[1]: 5 given; expected a string"),
    ])
    func anythingElseIsNoServer(value: String, message: String) throws {
        let problems = exportProblems(Sample.export.with("server", value).text)
        #expect(problems.count == 1)
        #expect(try #require(problems.first).contains(message), "\(problems)")
    }

    @Test(arguments: ["source.test", "SOURCE.TEST", "ad.xn--mller-kva.example", "plant-2.test"])
    func aServerIsADomainToLookUp(domain: String) throws {
        let configuration = try exportConfiguration(Sample.export.with("server", "\"\(domain)\"").text)
        #expect(configuration.connection.servers == .domain(domain))
        #expect(configuration.warnings == [])
    }

    @Test func aPasswordInAURIIsNotShown() {
        let problems = exportProblems(Sample.export.with("server", #""ldaps://svc:hunter2@dc1.source.test""#).text)
        #expect(problems.count == 1)
        #expect(problems.allSatisfy { $0.contains("without a user or password") && !$0.contains("hunter2") })
    }

    @Test func aPasswordNeverCrossesAPlainConnection() {
        let plain = Sample.export.with("server", #"["ldaps://dc1", "ldap://dc2"]"#)
        #expect(
            exportProblems(plain.text) == [
                "line 5: server: the password of a simple bind would cross an unencrypted connection to ldap://dc2:389; "
                    + "use ldaps:// or set tls.start_tls to true"
            ]
        )
        #expect(exportProblems(plain.with("tls", #"{"start_tls": true}"#).text) == [])
    }

    @Test func startTLSThatHasNothingToDoIsAWarning() throws {
        let text = Sample.export.with("tls", #"{"start_tls": true}"#).text
        #expect(try exportConfiguration(text).warnings.map(\.key) == ["tls.start_tls"])
    }

    @Test func unverifiedTLSIsAWarning() throws {
        let text = Sample.import.with("tls", #"{"verify": false}"#).text
        let configuration = try importConfiguration(text)
        #expect(!configuration.connection.tls.verifiesCertificate)
        let warning = try #require(configuration.warnings.first)
        #expect(warning.severity == .warning)
        #expect(warning.description.hasPrefix("tls.verify: the server's certificate is not verified"))
    }

    @Test func tlsIsTakenAsItIsWritten() throws {
        let value = #"{"ca_file": "ca.pem", "start_tls": false, "minimum_version": "1.3", "verify": true}"#
        let tls = try exportConfiguration(Sample.export.with("tls", value).text).connection.tls
        #expect(tls.caFile == "ca.pem")
        #expect(tls.minimumVersion == .tls13)
    }

    @Test(arguments: ["svc@source.test", #"SOURCE\\svc"#, "CN=svc,OU=Services,DC=source,DC=test"])
    func theUserIsWhatActiveDirectoryTakes(user: String) {
        #expect(exportProblems(Sample.export.with("bind", "{\"user\": \"\(user)\"}").text) == [])
    }

    @Test func nullPasswordsAreNone() throws {
        let bind = #"{"user": "a@b", "password_file": null, "password": "x"}"#
        let configuration = try exportConfiguration(Sample.export.with("bind", bind).text)
        #expect(configuration.connection.bind == .simple(user: "a@b", password: .inline(Secret("x"))))
    }

    @Test(arguments: [
        (#"{"user": "svc"}"#, #""svc" given; expected user@domain, "DOMAIN\\user" or a distinguished name"#),
        // \b is a backspace to JSON.
        (
            #"{"user": "PLANT\backup"}"#,
            #"expected a string without control characters; a backslash is written twice: \\"#
        ),
        (#"{"user": "a@b", "method": "plain"}"#, #""plain" given; expected "simple" or "gssapi""#),
        (#"{"method": "simple"}"#, "bind.user: missing; expected: account"),
        (#"{"user": "a@b", "password": ""}"#, "bind.password: expected a string that is not empty"),
        (#"{"user": "a@b", "password": "x", "password_file": "y"}"#, "give either password_file or password, not both"),
        (#""hunter2""#, "bind: expected an object, not a string (the value given is not shown)"),
    ])
    func aWrongBindIsReported(value: String, message: String) throws {
        let problems = exportProblems(Sample.export.with("bind", value).text)
        #expect(problems.count == 1)
        #expect(try #require(problems.first).contains(message), "\(problems)")
    }

    // MARK: Kerberos

    @Test(arguments: [
        (
            #"{"method": "gssapi", "principal": "svc@SOURCE.TEST", "keytab": "k"}"#,
            KerberosIdentity.keytab(path: "k", principal: "svc@SOURCE.TEST")
        ),
        (#"{"method": "GSSAPI"}"#, .cache(name: nil, principal: nil)),
        (#"{"method": "gssapi", "principal": "svc@SOURCE.TEST"}"#, .cache(name: nil, principal: "svc@SOURCE.TEST")),
        (#"{"method": "gssapi", "credential_cache": "KCM:0", "keytab": null}"#, .cache(name: "KCM:0", principal: nil)),
    ])
    func kerberosGoesByAKeytabOrATicketCache(value: String, identity: KerberosIdentity) throws {
        let configuration = try exportConfiguration(Sample.export.with("bind", value).text)
        #expect(configuration.connection.bind == .gssapi(identity))
        #expect(configuration.warnings == [])
    }

    @Test func kerberosNeedsNoTLS() {
        let plain = Sample.export.with("server", #""ldap://dc1.source.test""#)
        #expect(exportProblems(plain.with("bind", #"{"method": "gssapi"}"#).text) == [])
    }

    @Test(arguments: [
        (#"{"method": "gssapi", "user": "a@b"}"#, "bind.user: is of the method \"simple\""),
        (#"{"method": "gssapi", "password_file": "p"}"#, "bind.password_file: is of the method \"simple\""),
        (#"{"method": "gssapi", "password": "hunter2"}"#, "bind.password: is of the method \"simple\""),
        (#"{"method": "gssapi", "keytab": "k"}"#, "bind.principal: missing; expected: Kerberos principal"),
        (
            #"{"method": "gssapi", "principal": "svc@source.test"}"#,
            #""svc@source.test" given; expected name@REALM, the realm being the domain's DNS name in capitals"#
        ),
        (#"{"method": "gssapi", "principal": "svc"}"#, "expected name@REALM"),
        (
            #"{"method": "gssapi", "principal": "a@B", "keytab": "k", "credential_cache": "c"}"#,
            "bind.credential_cache: give either keytab or credential_cache, not both"
        ),
        (#"{"user": "a@b", "keytab": "k"}"#, "bind.keytab: is of Kerberos, and the method is \"simple\""),
        (#"{"user": "a@b", "principal": "a@B"}"#, "bind.principal: is of Kerberos"),
        (#"{"user": "a@b", "credential_cache": "c"}"#, "bind.credential_cache: is of Kerberos"),
    ])
    func keysOfTheOtherMethodAreNamed(value: String, message: String) throws {
        let problems = exportProblems(Sample.export.with("bind", value).text)
        #expect(problems.count == 1)
        #expect(try #require(problems.first).contains(message), "\(problems)")
        #expect(problems.allSatisfy { !$0.contains("hunter2") })
    }
}
