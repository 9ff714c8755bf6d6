import Directory
import DistinguishedNames
import LDAP
import SyncConfiguration
import Testing

@Suite struct ImportConfigurationTests {
    /// All keys UserSync 1.0 knew, as it would have saved them.
    private static let userSync = #"""
        {
            "input_file": "users.json",
            "group_path": "CN=Users,DC=target,DC=test",
            "managed_user_path": "CN=EXT Managed,CN=Users,DC=target,DC=test",
            "group_map": {
                "CN=Administrators": ["CN=p-Administrators"],
                "CN=Operators": ["CN=p-Operators", "CN=p-Viewers"],
                "cn=operators": "CN=p-Readers",
                "*": "CN=p-Managed"
            },
            "restricted_groups": ["CN=p-Administrators"],
            "prefix_common_names": "EXT ",
            "expiration_time": "P1M1D",
            "users_can_not_change_password": false,
            "users_must_change_password": true,
            "resolutions_file": "answers.json",
            "hmac": null,
            "log_file": "import.log",
            "log_level": "FATAL",
            "log_max_bytes": 2097152,
            "log_backup_count": 3,
            "log_windows": true,
            "port": 8080,
            "heartbeat_interval": 2.0,
            "terminate_on_browser_close": false,
            "password_wordlist": "wordlist_de.txt",
            "password_word_count": 4,
            "password_suffix": "$#39",
            "server": ["ldaps://dc1.target.test", "ldaps://dc2.target.test:3269"],
            "bind": { "user": "TARGET\\svc-sync", "password": "hunter2" }
        }
        """#

    @Test func aConfigurationOfUserSyncNeedsOnlyServerAndBind() throws {
        let configuration = try importConfiguration(Self.userSync)
        #expect(configuration.inputFile == "users.json")
        #expect(configuration.managedUserPath.description == "CN=EXT Managed,CN=Users,DC=target,DC=test")
        #expect(configuration.groupPath.description == "CN=Users,DC=target,DC=test")
        #expect(configuration.restrictedGroups.map(\.description) == ["CN=p-Administrators"])
        #expect(configuration.commonNamePrefix == "EXT ")
        #expect(configuration.expirationTime == CalendarDuration(months: 1, seconds: 86_400))
        #expect(configuration.passwordChange == .requiredAtFirstLogon)
        #expect(configuration.resolutionsFile == "answers.json")
        #expect(configuration.hmacKey == nil)
        #expect(configuration.log.file == "import.log")
        #expect(configuration.log.level == .fatal)
        #expect(configuration.log.maximumBytes == 2_097_152)
        #expect(configuration.log.backupCount == 3)
        #expect(configuration.approvalPage.port == 8080)
        #expect(configuration.approvalPage.heartbeatInterval == .seconds(2))
        #expect(!configuration.approvalPage.terminatesOnBrowserClose)
        #expect(configuration.passwords.wordlist == "wordlist_de.txt")
        #expect(configuration.passwords.wordCount == 4)
        #expect(configuration.passwords.suffix == Secret("$#39"))
        guard case .listed(let servers) = configuration.connection.servers else {
            Issue.record("\(configuration.connection.servers)")
            return
        }
        #expect(servers.map(\.port) == [636, 3269])
        #expect(
            configuration.connection.bind == .simple(user: #"TARGET\svc-sync"#, password: .inline(Secret("hunter2"))))
    }

    @Test func groupMapTakesOneGroupOrAListAndAStarForEverybody() throws {
        let map = try importConfiguration(Self.userSync).groupMap
        #expect(map.everybody.map(\.description) == ["CN=p-Managed"])
        let operators = try DistinguishedName(parsing: "CN=Operators")
        #expect(
            map.bySourceGroup[operators]?.map(\.description) == ["CN=p-Operators", "CN=p-Viewers", "CN=p-Readers"]
        )
        #expect(
            map.mappedGroups.map(\.description)
                == ["CN=p-Administrators", "CN=p-Managed", "CN=p-Operators", "CN=p-Readers", "CN=p-Viewers"]
        )
    }

    @Test func logWindowsIsSaidToHaveNoEffect() throws {
        let warning = try #require(try importConfiguration(Self.userSync).warnings.first)
        #expect(warning.severity == .notice)
        #expect(warning.description == "log_windows: has no effect here: there is no Windows event log")
    }

    @Test func whatIsAbsentHasItsDefault() throws {
        let configuration = try importConfiguration(Sample.import.text)
        #expect(configuration.groupMap.mappedGroups.isEmpty)
        #expect(configuration.restrictedGroups.isEmpty)
        #expect(configuration.commonNamePrefix.isEmpty)
        #expect(configuration.expirationTime == CalendarDuration(iso8601: "P1M1D"))
        #expect(configuration.passwordChange == .allowed)
        #expect(configuration.resolutionsFile == "resolutions.json")
        #expect(configuration.anchorAttribute == "adminDescription")
        #expect(configuration.requiredApprovals.isEmpty)
        #expect(configuration.sourceExpiry == .honour)
        #expect(configuration.deactivationLimit.percent == 20)
        #expect(configuration.deactivationLimit.count == 10)
        #expect(configuration.stateFolder == ".ad-user-sync")
        #expect(configuration.historyDays == 365)
        #expect(configuration.allowedAttributes.isEmpty)
        #expect(configuration.deactivatedUsersKeepGroups)
        #expect(configuration.approvalPage.port == nil)
        #expect(configuration.approvalPage.heartbeatInterval == .seconds(5))
        #expect(configuration.approvalPage.terminatesOnBrowserClose)
        #expect(configuration.passwords.wordlist == nil)
        #expect(configuration.passwords.wordCount == 5)
        #expect(configuration.passwords.suffix == nil)
        #expect(configuration.warnings.isEmpty)
    }

    @Test func nullSwitchesAnchorsOff() throws {
        #expect(try importConfiguration(Sample.import.with("anchor_attribute", "null").text).anchorAttribute == nil)
    }

    @Test func halfADeactivationLimitKeepsTheOtherHalf() throws {
        let text = Sample.import.with("deactivation_limit", #"{"count": 3}"#).text
        let limit = try importConfiguration(text).deactivationLimit
        #expect(limit.percent == 20)
        #expect(limit.count == 3)
    }

    @Test func heartbeatZeroMeansThatPagesAreNotWatched() throws {
        let text = Sample.import.with("heartbeat_interval", "0").text
        #expect(try importConfiguration(text).approvalPage.heartbeatInterval == nil)
    }

    @Test func approvalsAreASet() throws {
        let text = Sample.import.with("require_approval", #"["leave", "disable", "leave"]"#).text
        #expect(try importConfiguration(text).requiredApprovals == [.disable, .leave])
    }

    @Test(arguments: ["P2D", "P1M", "P1Y", "PT25H", "P1DT1S", "P2W"])
    func expirationIsMoreThanADay(duration: String) {
        #expect(importProblems(Sample.import.with("expiration_time", "\"\(duration)\"").text) == [])
    }

    @Test(arguments: [
        ("expiration_time", #""P1D""#, #""P1D" given; expected an ISO 8601 duration of more than a day"#),
        ("expiration_time", #""1 month""#, "expected an ISO 8601 duration"),
        ("expiration_time", "30", "30 given; expected a string"),
        ("managed_user_path", #""OU=Managed""#, "expected an absolute name that ends in DC parts"),
        ("managed_user_path", #""DC=target,DC=test""#, "expected a container below the domain, not the whole domain"),
        ("group_map", #"["CN=Operators"]"#, "a list given; expected an object"),
        ("group_map", #"{"CN=Operators": ["CN=a", 7]}"#, #"group_map."CN=Operators"[1]: 7 given; expected a string"#),
        ("group_map", #"{"Operators": "CN=a"}"#, "group_map.Operators: \"Operators\" given; expected a relative"),
        (
            "group_map", #"{"CN=Operators": "CN=a,OU=Groups,DC=target,DC=test"}"#,
            #"expected a name relative to group_path: "CN=a""#
        ),
        (
            "group_map", #"{"CN=a,OU=Groups,DC=source,DC=test": "CN=a"}"#,
            "expected a name relative to the source's group_path, without DC parts"
        ),
        ("restricted_groups", #"["CN=a,DC=target,DC=test"]"#, "restricted_groups[0]: "),
        ("prefix_common_names", #"" EXT""#, "expected fewer than 64 characters, the first no space"),
        ("resolutions_file", "null", "null given; expected a string"),
        (
            "log_level", #""TRACE""#,
            #""TRACE" given; expected "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL" or "FATAL""#
        ),
        ("log_max_bytes", "-1", "-1 given; expected a whole number of at least 0"),
        ("log_max_bytes", "1.5", "1.5 given; expected a whole number"),
        ("log_backup_count", "1e99", "1e99 given; expected a whole number from 0 to 1000"),
        ("port", "0", "0 given; expected a whole number from 1 to 65535"),
        ("port", #""8080""#, #""8080" given; expected a whole number"#),
        ("heartbeat_interval", "61", "61 given; expected a number of seconds from 0 to 60"),
        ("password_word_count", "0", "0 given; expected a whole number from 1 to 32"),
        ("require_approval", #"["enable"]"#, #"require_approval[0]: "enable" given; expected "disable" or "leave""#),
        ("source_expiry", #""obey""#, #""obey" given; expected "honour" or "ignore""#),
        ("history_days", "-1", "expected a whole number from 0 to 36500"),
        ("deactivation_limit", "10", "expected an object, not a number"),
        ("deactivation_limit", #"{"percent": 101}"#, "deactivation_limit.percent: 101 given; expected a whole number"),
        ("anchor_attribute", #""sAMAccountName""#, "expected an attribute of text that nothing else is kept in"),
        ("allowed_attributes", #"["a b"]"#, #"allowed_attributes[0]: "a b" given; expected an attribute name"#),
    ])
    func aWrongValueIsReportedWithWhatWasExpected(key: String, value: String, message: String) throws {
        let problems = importProblems(Sample.import.with(key, value).text)
        #expect(problems.count == 1)
        #expect(try #require(problems.first).contains(message), "\(problems)")
    }

    @Test func passwordsCannotBeBothFixedAndChangedAtOnce() {
        let text = Sample.import.with("users_can_not_change_password", "true").with(
            "users_must_change_password", "true")
        let problems = importProblems(text.text)
        #expect(problems.count == 1)
        #expect(problems.allSatisfy { $0.hasPrefix("line 8: users_must_change_password: contradicts users_can_not_") })
    }

    @Test func aRestrictedGroupNobodyGetsIsAWarning() throws {
        let text = Sample.import.with("group_map", #"{"*": "CN=p-All"}"#).with(
            "restricted_groups", #"["CN=P-ALL", "CN=x"]"#)
        let warnings = try importConfiguration(text.text).warnings.map(\.description)
        #expect(warnings == [#"restricted_groups: "CN=x" restricts nothing: group_map does not give it to anybody"#])
    }

    @Test func groupsOfAnotherDomainAreAWarning() throws {
        let text = Sample.import.with("group_path", #""OU=Groups,DC=other,DC=test""#).text
        let warning = try #require(try importConfiguration(text).warnings.first)
        #expect(warning.description.contains("lies in the domain other.test, managed_user_path in target.test"))
    }
}
