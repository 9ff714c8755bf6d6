import Directory
import SyncConfiguration
import Testing

@Suite struct SecretTests {
    private static let key = "00112233445566778899AABBccddeeff"
    private static let otherKey = "ffeeddccbbaa99887766554433221100"

    // MARK: In the configuration file

    @Test(arguments: [
        "\"0011223344556677\"", "\"\(key)0\"", "\"\(key)zz\"", "12345678901234567890123456789012", "\"\"",
        "[\"\(key)\"]", "\"０0112233445566778899AABBccddeeff\"",
    ])
    func anHMACKeyIsHexadecimalAndIsNeverShown(value: String) throws {
        let problems = exportProblems(Sample.export.with("hmac", value).text)
        #expect(problems.count == 1)
        let problem = try #require(problems.first)
        #expect(problem.hasPrefix("line 6: hmac: expected "))
        #expect(problem.hasSuffix("(the value given is not shown)"))
        #expect(!problem.contains("1122"))
    }

    @Test(arguments: [
        #"{"bind": {"user": "a@b", "password": ["s3cret"]}}"#, #"{"bind": "s3cret"}"#, #"{"pasword": "s3cret"}"#,
        #"{"bind": {"user": "a@b", "pasword": "s3cret"}}"#, #"{"hmac": "s3cret", "hmac": "s3cret"}"#,
        #"{"hmac": "s3cret}"#, #"{"hmac": "s3cret" "x"}"#, #"{"password_suffix": {"x": "s3cret"}}"#,
        #"{"server": "ldap://svc:s3cret@dc1"}"#, "{\"bind\": {\"user\": \"a@b\", \"password\": \"s3cret\u{1}\"}}",
    ])
    func noErrorShowsASecret(text: String) {
        let problems = importProblems(text)
        #expect(!problems.isEmpty)
        #expect(!problems.joined().contains("s3cret"))
    }

    @Test func aConfigurationCanBePrinted() throws {
        let text = Sample.import.with("hmac", "\"\(Self.key)\"").with("password_suffix", #""s3cret""#)
            .with("bind", #"{"user": "a@b", "password": "s3cret"}"#).text
        let configuration = try importConfiguration(text)
        var dumped = "\(configuration)"
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("s3cret"))
        #expect(!dumped.contains(Self.key))
    }

    @Test(arguments: [(0o600, 0), (0o400, 0), (0o640, 2), (0o604, 2), (0o100644, 2), (nil, 0)] as [(UInt32?, Int)])
    func aSecretInAFileForOthersIsAWarning(permissions: UInt32?, count: Int) throws {
        let text = Sample.export.with("hmac", "\"\(Self.key)\"")
            .with("bind", #"{"user": "a@b", "password": "s3cret"}"#).text
        let warnings = try exportConfiguration(text, permissions: permissions).warnings
        #expect(warnings.map(\.key) == Array(["bind.password", "hmac"].prefix(count)))
        #expect(warnings.allSatisfy { $0.message.contains("chmod 600 export-config.json") })
    }

    @Test func aFileForOthersWithoutSecretsIsFine() throws {
        #expect(try exportConfiguration(Sample.export.text, permissions: 0o644).warnings.isEmpty)
    }

    // MARK: The HMAC key

    @Test(
        arguments: [
            (key, "f", [HMACKeySources.environmentVariable: key], key, "option"), (nil, "f", [:], key, "file"),
            (nil, nil, [HMACKeySources.environmentVariable: "ee" + otherKey], key, "environment"),
            (nil, nil, [:], key, "configuration"), (nil, nil, ["OTHER": key], nil, "none"),
        ] as [(String?, String?, [String: String], String?, String)])
    func theFirstPlaceWithAKeyCounts(
        option: String?, file: String?, environment: [String: String], configured: String?, winner: String
    ) throws {
        let sources = HMACKeySources(
            option: option,
            optionFile: file,
            environment: environment,
            configured: configured.map { .inline(Secret($0)) }
        )
        let resolved = try sources.resolve { _ in Array("\(Self.otherKey)\n".utf8) }
        let expected = [
            "option": Self.key, "file": Self.otherKey, "environment": "ee" + Self.otherKey, "configuration": Self.key,
        ]
        #expect(resolved?.reveal() == expected[winner])
    }

    @Test(arguments: ["", "secret", "00112233"])
    func anUnusableKeyIsAnErrorEvenWhenTheNextPlaceHasOne(option: String) throws {
        let sources = HMACKeySources(
            option: option, optionFile: nil, environment: [:], configured: .inline(Secret(Self.key)))
        let error = #expect(throws: SecretError.self) { try sources.resolve { _ in [] } }
        #expect(error == SecretError(origin: .option("--hmac"), reason: option.isEmpty ? .empty : .notHexadecimal))
    }

    @Test func aKeyMayStandInAFileThatTheConfigurationNames() throws {
        let configuration = try exportConfiguration(Sample.export.with("hmac_file", #""secrets/key""#).text)
        let sources = HMACKeySources(
            option: nil, optionFile: nil, environment: [:], configured: configuration.hmacKey)
        #expect(try sources.resolve { _ in Array("\(Self.key)\n".utf8) } == Secret(Self.key))
        let error = #expect(throws: SecretError.self) { try sources.resolve { _ in Array("no key".utf8) } }
        #expect(
            error == SecretError(origin: .file("secrets/key", namedBy: "hmac_file"), reason: .notHexadecimal))
    }

    @Test func aKeyInAFileAndOneBesideItContradictEachOther() {
        let text = Sample.import.with("hmac", "\"\(Self.key)\"").with("hmac_file", #""secrets/key""#).text
        #expect(importProblems(text).contains { $0.contains("hmac_file: give either hmac or hmac_file, not both") })
    }

    @Test(arguments: [(0o600, false), (0o640, false), (0o400, false), (0o644, true), (0o604, true), (0o666, true)])
    func aSecretFileThatEverybodyMayReadIsTold(mode: UInt32, isTold: Bool) throws {
        let text = Sample.import.with("bind", #"{"user": "a@b.test", "password_file": "p"}"#)
            .with("hmac_file", #""k""#).text
        let files = try importConfiguration(text).secretFiles
        #expect(files.map(\.key) == ["bind.password_file", "hmac_file"])
        for file in files {
            let warning = file.warning(permissions: mode)
            #expect((warning != nil) == isTold)
            #expect(warning.map { $0.message.hasSuffix("chmod 600 \(file.path)") } ?? true)
        }
    }

    // MARK: Files

    @Test(arguments: [
        ("pass", "pass"), ("pass\n", "pass"), ("pass\r\n", "pass"), ("pass\n\n", "pass\n"), (" pass ", " pass "),
        ("\u{FEFF}pass\n", "pass"), ("päss", "päss"),
    ])
    func oneLineEndOfAFileIsNotPartOfTheSecret(content: String, password: String) throws {
        let sources = BindPasswordSources(environment: [:], configured: .file("secrets/bind"))
        let resolved = try sources.resolve { path in
            #expect(path == "secrets/bind")
            return Array(content.utf8)
        }
        #expect(resolved == Secret(password))
    }

    @Test(
        arguments: [
            ([], .empty), ([0x0A], .empty), ([0x0D, 0x0A], .empty), ([0xFF, 0xFE, 0x70, 0x00], .notUTF8),
        ] as [([UInt8], SecretError.Reason)])
    func aFileWithoutASecretIsAnError(content: [UInt8], reason: SecretError.Reason) throws {
        let sources = BindPasswordSources(environment: [:], configured: .file("secrets/bind"))
        let error = #expect(throws: SecretError.self) { try sources.resolve { _ in content } }
        #expect(error == SecretError(origin: .file("secrets/bind", namedBy: "bind.password_file"), reason: reason))
    }

    @Test func anUnreadableFileIsNamedWithItsReason() throws {
        struct Denied: Error, CustomStringConvertible { let description = "Permission denied" }
        let sources = HMACKeySources(option: nil, optionFile: "k", environment: [:], configured: nil)
        let error = #expect(throws: SecretError.self) { try sources.resolve { _ in throw Denied() } }
        #expect(try #require(error).description == "--hmac-file (k): Permission denied")
    }

    // MARK: The bind password

    @Test func theEnvironmentHasPrecedenceOverTheConfiguration() throws {
        let environment = [BindPasswordSources.environmentVariable: "from environment"]
        for configured in [ConfiguredSecret.file("f"), .inline(Secret("inline")), nil] {
            let sources = BindPasswordSources(environment: environment, configured: configured)
            #expect(try sources.resolve { _ in Array("from file".utf8) } == Secret("from environment"))
        }
    }

    @Test func anEmptyVariableIsAnError() {
        let sources = BindPasswordSources(
            environment: [BindPasswordSources.environmentVariable: ""],
            configured: .inline(Secret("inline"))
        )
        #expect(throws: SecretError(origin: .environment("AD_USER_SYNC_BIND_PASSWORD"), reason: .empty)) {
            try sources.resolve { _ in [] }
        }
    }

    @Test func noPasswordAnywhereIsNil() throws {
        #expect(try BindPasswordSources(environment: [:], configured: nil).resolve { _ in [] } == nil)
        let inline = BindPasswordSources(environment: [:], configured: .inline(Secret("x")))
        #expect(try inline.resolve { _ in [] } == Secret("x"))
    }
}
