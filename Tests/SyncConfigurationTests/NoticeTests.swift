import RunNotices
import SyncConfiguration
import Testing

@Suite struct NoticeTests {
    private func hooks(_ json: String) throws -> [Hook] {
        try importConfiguration(Sample.import.with("hooks", json).text).notices.hooks
    }

    @Test func withoutTheKeysNobodyIsTold() throws {
        let configuration = try exportConfiguration(Sample.export.text)
        #expect(configuration.notices.hooks == [] && configuration.notices.metricsFile == nil)
    }

    @Test func aHookThatSaysLittle() throws {
        let hook = try #require(try hooks(#"[{"command": ["tell", "the team"]}]"#).first)
        #expect(hook.way == .command(["tell", "the team"]))
        #expect(hook.events == [.failure, .pending, .brake])
        #expect(hook.format == .json)
        #expect(hook.timeout == .seconds(30))
    }

    @Test func hooksThatSayAll() throws {
        let found = try hooks(
            #"""
            [{"on": ["success", "Brake"], "command": ["/usr/sbin/sendmail", "-t", "-i"], "format": "mail",
              "to": ["ops@example.test", "o'brien@example.test"], "from": "sync@example.test", "timeout": 10},
             {"on": ["failure"], "url": "https://alerts.example.test/T0K3N", "headers_file": "secrets/headers",
              "ca_file": "ca.pem", "retries": 0, "format": "text", "timeout": 1.5}]
            """#)
        #expect(found.count == 2)
        #expect(found[0].events == [.success, .brake])
        #expect(
            found[0].format
                == .mail(
                    MailEnvelope(
                        from: MailAddress("sync@example.test"),
                        to: ["ops@example.test", "o'brien@example.test"].compactMap(MailAddress.init))))
        let post = Hook.Post(
            address: try WebAddress("https://alerts.example.test/T0K3N"), headersFile: "secrets/headers",
            caFile: "ca.pem", retries: 0)
        #expect(found[1].way == .post(post))
        #expect(found[1].format == .text)
        #expect(found[1].timeout == .seconds(1.5))
    }

    @Test(
        arguments: [
            (#"[{}]"#, ["line 7: hooks[0]: a hook has one of the keys command and url"]),
            (
                #"[{"command": ["a"], "url": "https://a.test"}]"#,
                ["line 7: hooks[0]: a hook has one of the keys command and url"]
            ),
            (
                #"[{"command": "tell the team"}]"#,
                [#"line 7: hooks[0].command: "tell the team" given; expected a list of strings"#]
            ),
            (
                #"[{"command": []}]"#,
                ["line 7: hooks[0].command: a list given; expected a list of strings with at least one element"]
            ),
            (
                #"[{"on": ["fail"], "command": ["a"]}]"#,
                [#"line 7: hooks[0].on[0]: "fail" given; expected "success", "failure", "pending" or "brake""#]
            ),
            (
                #"[{"on": [], "command": ["a"]}]"#,
                ["line 7: hooks[0].on: a list given; expected a list of events with at least one element"]
            ),
            (
                #"[{"url": "http://alerts.test/T0K3N"}]"#,
                [
                    "line 7: hooks[0].url: expected https: a report holds names of people, and http is for this machine alone (the value given is not shown)"
                ]
            ),
            (
                #"[{"url": "https://me:T0K3N@alerts.test/"}]"#,
                [
                    "line 7: hooks[0].url: expected an address without a user or password: headers_file is for such (the value given is not shown)"
                ]
            ),
            (
                #"[{"command": ["a"], "retries": 3, "ca_file": "x"}]"#,
                [
                    "line 7: hooks[0].ca_file: is about a url, and this hook has a command",
                    "line 7: hooks[0].retries: is about a url, and this hook has a command",
                ]
            ),
            (
                #"[{"command": ["a"], "to": ["a@b.test"]}]"#,
                [#"line 7: hooks[0].to: is about a mail: set "format": "mail""#]
            ),
            (
                #"[{"command": ["a"], "format": "mail"}]"#,
                ["line 7: hooks[0]: a mail needs the key to: whom it goes to"]
            ),
            (
                #"[{"command": ["a"], "format": "mail", "to": ["Ops <ops@b.test>"]}]"#,
                [
                    #"line 7: hooks[0].to[0]: "Ops <ops@b.test>" given; expected a mail address such as ops@example.test, without a name"#
                ]
            ),
            (
                #"[{"url": "https://a.test", "format": "mail", "to": ["a@b.test"]}]"#,
                [
                    "line 7: hooks[0].format: a mail is for a command, such as sendmail; a url gets json or text"
                ]
            ),
            (
                #"[{"command": ["a"], "timeout": 0, "comand": 1}]"#,
                [
                    "line 7: hooks[0].timeout: 0 given; expected a number of seconds from 1 to 600",
                    #"line 7: hooks[0].comand: unknown key; did you mean "command"?"#,
                ]
            ),
        ])
    func aMistakeIsToldWithWhatWasExpected(json: String, problems: [String]) {
        #expect(Set(importProblems(Sample.import.with("hooks", json).text)) == Set(problems))
        #expect(
            Set(exportProblems(Sample.export.with("hooks", json).text).map { $0.dropFirst(8) })
                == Set(problems.map { $0.dropFirst(8) }))
        #expect(!importProblems(Sample.import.with("hooks", json).text).joined().contains("T0K3N"))
    }

    @Test func theCollectorReadsFilesOfOneEndingOnly() throws {
        let text = Sample.export.with("metrics_file", #""/srv/metrics/sync.txt""#).text
        #expect(
            try exportConfiguration(text).warnings.map(\.description) == [
                "metrics_file: the textfile collector of the node exporter reads files that end in .prom only"
            ])
        let right = Sample.export.with("metrics_file", #""/srv/metrics/sync.prom""#).text
        #expect(try exportConfiguration(right).warnings == [])
        #expect(try exportConfiguration(right).notices.metricsFile == "/srv/metrics/sync.prom")
    }
}
