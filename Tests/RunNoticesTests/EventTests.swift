import Directory
import RunNotices
import Testing

@Suite struct EventTests {
    private static func totals(failures: Int = 0, newlyPending: Int = 0) -> RunTotals {
        RunTotals(users: 4, fileWritten: nil, failures: failures, pending: 3, newlyPending: newlyPending)
    }

    @Test(
        "What a run is told as",
        arguments: [
            (0, totals(), [.success], "done"),
            (0, totals(newlyPending: 1), [.success, .pending], "done, 3 waiting for an answer"),
            (2, totals(), [.success], "done"),
            (2, totals(newlyPending: 3), [.success, .pending], "done, 3 waiting for an answer"),
            (1, totals(failures: 2), [.failure], "2 failed"),
            (3, totals(), [.brake], "held back"),
            (
                3, totals(failures: 1, newlyPending: 1), [.failure, .pending, .brake],
                "1 failed, 3 waiting for an answer, held back"
            ),
            (3, nil, [.brake], "held back"),
            (69, nil, [.failure], "failed (status 69)"),
            (74, totals(), [.failure], "failed (status 74)"),
            (143, totals(), [.failure], "failed (status 143)"),
        ] as [(Int32, RunTotals?, [RunEvent], String)])
    func events(status: Int32, totals: RunTotals?, events: [RunEvent], words: String) {
        let notice = notice(status: status, totals: totals)
        #expect(notice.events == events)
        #expect(notice.headline == "ad-user-sync import on plant.test: \(words)")
    }

    @Test("A hook is called for what it is meant for")
    func calling() {
        let hook = Hook(events: [.brake, .failure], way: .command(["true"]), format: .json, timeout: .seconds(1))
        #expect(hook.isCalled(for: notice(status: 3)))
        #expect(!hook.isCalled(for: notice(status: 0)))
    }

    @Test("The document says all there is, the report within it")
    func document() throws {
        let json = try notice(status: 69, error: "the server is away").json()
        #expect(
            json == """
                {
                  "command" : "import",
                  "configuration" : "/etc/ad-user-sync/plant/import-config.json",
                  "elapsed_seconds" : 2.345,
                  "error" : "the server is away",
                  "events" : [
                    "failure"
                  ],
                  "host" : "plant.test",
                  "report" : {
                    "created" : [
                      "Conan O'Brien"
                    ]
                  },
                  "started" : "2026-11-20T08:15:00Z",
                  "status" : 69,
                  "text" : "ad-user-sync import on plant.test: failed (status 69)",
                  "version" : "1.0"
                }

                """)
        #expect(try !notice(totals: nil).json().contains("report"))
    }

    @Test("The text: first how it ended, then why, then the report")
    func text() {
        let notice = notice(status: 69, error: "no\u{1B}[31m answer\nfrom anybody", totals: nil)
        #expect(
            notice.text == """
                ad-user-sync import on plant.test: failed (status 69)

                no\u{FFFD}[31m answer
                from anybody

                configuration  /etc/ad-user-sync/plant/import-config.json
                started        2026-11-20T08:15:00Z, took 2.345 s
                version        1.0

                """)
    }
}
