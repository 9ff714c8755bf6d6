import Directory
import DistinguishedNames
import LDAP
import SyncConfiguration
import Testing

@Suite struct ExportConfigurationTests {
    @Test func aConfigurationOfUserSyncNeedsOnlyServerAndBind() throws {
        let configuration = try exportConfiguration(
            #"""
            {
                "export_file": "users.json",
                "user_path": "OU=People,DC=source,DC=test",
                "group_path": "OU=Groups,DC=source,DC=test",
                "search_groups": ["CN=Operators", "CN=Viewers,OU=Plant", "cn=operators"],
                "attributes": ["givenName", "sn", "displayName", "mail", "c", "GIVENNAME"],
                "hmac": "00112233445566778899aabbccddeeff",
                "server": "ldaps://dc1.source.test",
                "bind": { "method": "simple", "user": "svc-sync@source.test", "password_file": "secrets/bind" }
            }
            """#
        )
        #expect(configuration.exportFile == "users.json")
        #expect(configuration.users.paths == [try DistinguishedName(parsing: "OU=People,DC=source,DC=test")])
        #expect(configuration.groupPath == (try DistinguishedName(parsing: "OU=Groups,DC=source,DC=test")))
        #expect(configuration.searchGroups.map(\.description) == ["CN=Operators", "CN=Viewers,OU=Plant"])
        #expect(configuration.attributes == ["givenName", "sn", "displayName", "mail", "c"])
        #expect(configuration.hmacKey == .inline(Secret("00112233445566778899aabbccddeeff")))
        #expect(configuration.connection.servers == .listed([try LDAPURI("ldaps://dc1.source.test")]))
        #expect(configuration.connection.bind == .simple(user: "svc-sync@source.test", password: .file("secrets/bind")))
        #expect(configuration.warnings.isEmpty)
    }

    @Test func whatIsAbsentHasItsDefault() throws {
        let configuration = try exportConfiguration(Sample.export.text)
        #expect(configuration.exportFile == nil)
        #expect(configuration.searchGroups.isEmpty)
        #expect(configuration.attributes.isEmpty)
        #expect(configuration.hmacKey == nil)
        #expect(configuration.writesAnchors)
        #expect(configuration.stateFolder == ".ad-user-sync")
        #expect(configuration.log.file == nil)
        #expect(configuration.log.level == .info)
        #expect(configuration.log.maximumBytes == 10_485_760)
        #expect(configuration.log.backupCount == 5)
        #expect(configuration.connection.bind == .simple(user: "svc-sync@source.test", password: nil))
        #expect(configuration.connection.tls.caFile == nil)
        #expect(!configuration.connection.tls.startTLS)
        #expect(configuration.connection.tls.minimumVersion == .tls12)
        #expect(configuration.connection.tls.verifiesCertificate)
    }

    @Test(arguments: [
        ("export-config.json", ".ad-user-sync"), ("/etc/sync/export.json", "/etc/sync/.ad-user-sync"),
        ("/export.json", "/.ad-user-sync"), ("../e.json", "../.ad-user-sync"),
    ])
    func theStateFolderLiesBesideTheFile(file: String, folder: String) throws {
        #expect(try exportConfiguration(Sample.export.text, file: file).stateFolder == folder)
    }

    @Test func aGivenStateFolderIsTakenAsItIs() throws {
        let text = Sample.export.with("state_folder", #""state""#).text
        #expect(try exportConfiguration(text, file: "/etc/export.json").stateFolder == "state")
    }

    @Test(arguments: ["export_file", "hmac", "state_folder", "log_file"])
    func nullIsAsGoodAsAbsent(key: String) throws {
        let text = Sample.export.with(key, "null").text
        #expect(try exportConfiguration(text) == exportConfiguration(Sample.export.text))
    }

    @Test(arguments: [
        ("user_path", #""OU=People""#, #""OU=People" given; expected an absolute name that ends in DC parts"#),
        ("user_path", #""People""#, "expected a distinguished name: a level has no '='"),
        ("user_path", #""DC=test,OU=People""#, "expected an absolute name that ends in DC parts"),
        ("user_path", "null", "null given; expected a string"),
        ("user_path", #""""#, #""" given; expected a string that is not empty"#),
        ("search_groups", #""CN=Operators""#, #""CN=Operators" given; expected a list of relative"#),
        ("search_groups", #"[" "]"#, #"search_groups[0]: " " given; expected a relative distinguished name"#),
        ("attributes", #"["2nd"]"#, #"attributes[0]: "2nd" given; expected an attribute name"#),
        ("attributes", #"["sn", 7]"#, "attributes[1]: 7 given; expected a string"),
        ("anchor", #""yes""#, #""yes" given; expected true or false, without quotes"#),
        ("export_file", "[]", "export_file: a list given; expected a string"),
        ("export_file", #""C:\tmp""#, "a backslash is written twice"),
    ])
    func aWrongValueIsReportedWithWhatWasExpected(key: String, value: String, message: String) throws {
        let problems = exportProblems(Sample.export.with(key, value).text)
        #expect(problems.count == 1)
        #expect(try #require(problems.first).contains(message))
    }

    @Test(arguments: [#"C:\\sync\\users.json"#, #"\\\\server\\share"#, "C:/sync/users.json", #"sync\\users.json"#])
    func aWindowsPathIsAWarning(path: String) throws {
        let text = Sample.export.with("export_file", "\"\(path)\"").text
        let warnings = try exportConfiguration(text).warnings.map(\.description)
        #expect(warnings == [#"export_file: looks like a Windows path; here folders are separated by "/""#])
    }

    @Test func anAbsoluteGroupIsToldItsRelativeName() {
        let text = Sample.export
            .with("search_groups", #"["CN=A", "CN=B\\,C,OU=Groups,DC=source,DC=test", "CN=D,DC=elsewhere"]"#).text
        #expect(
            exportProblems(text) == [
                #"line 6: search_groups[1]: "CN=B\\,C,OU=Groups,DC=source,DC=test" given; "#
                    + #"expected a name relative to group_path: "CN=B\\,C""#,
                #"line 6: search_groups[2]: "CN=D,DC=elsewhere" given; expected a name relative to group_path, "#
                    + "without DC parts",
            ]
        )
    }
}
