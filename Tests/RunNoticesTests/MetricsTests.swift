import Directory
import RunNotices
import Testing

@Suite struct MetricsTests {
    private static let totals = RunTotals(
        users: 4, fileWritten: Timestamp(unixSeconds: 1_795_000_000),
        changes: [RunTotals.Change("created", 3), RunTotals.Change("joined", 0)], failures: 0, pending: 2,
        newlyPending: 2)

    private func value(_ name: String, in text: String) -> String? {
        text.split(separator: "\n").first { $0.hasPrefix("ad_user_sync_\(name){") }
            .flatMap { $0.split(separator: " ").last.map(String.init) }
    }

    @Test("All of a run that went well")
    func text() {
        let labels = #"{command="import",configuration="/etc/ad-user-sync/plant/import-config.json"}"#
        let text = RunMetrics(of: notice(totals: Self.totals), after: nil).text
        let samples = text.split(separator: "\n").filter { $0.first != "#" }
        #expect(
            samples == [
                "ad_user_sync_last_run_timestamp_seconds\(labels) 1795162502",
                "ad_user_sync_last_success_timestamp_seconds\(labels) 1795162502",
                "ad_user_sync_last_run_duration_seconds\(labels) 2.345",
                "ad_user_sync_last_run_exit_status\(labels) 0",
                "ad_user_sync_last_run_failures\(labels) 0",
                #"ad_user_sync_last_run_changes\#(labels.dropLast()),action="created"} 3"#,
                #"ad_user_sync_last_run_changes\#(labels.dropLast()),action="joined"} 0"#,
                "ad_user_sync_users\(labels) 4", "ad_user_sync_pending\(labels) 2",
                "ad_user_sync_file_timestamp_seconds\(labels) 1795000000",
            ])
        #expect(text.hasSuffix("\n"))
        // Of each metric its help and its type once.
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("# HELP ") }.count == 9)
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.count == 9)
    }

    @Test("A run that fails keeps the time of the last success, and what only a report tells")
    func failure() {
        let good = RunMetrics(of: notice(totals: Self.totals), after: nil).text
        let bad = RunMetrics(of: notice(status: 69, totals: nil, minute: 60), after: good).text
        #expect(value("last_run_timestamp_seconds", in: bad) == "1795166102")
        #expect(value("last_success_timestamp_seconds", in: bad) == "1795162502")
        #expect(value("last_run_exit_status", in: bad) == "69")
        #expect(value("users", in: bad) == "4")
        #expect(value("pending", in: bad) == "2")
        #expect(value("file_timestamp_seconds", in: bad) == "1795000000")
        #expect(!bad.contains("last_run_changes"))
        let again = RunMetrics(of: notice(status: 3, totals: Self.totals, minute: 120), after: bad).text
        #expect(value("last_success_timestamp_seconds", in: again) == "1795162502")
        #expect(value("last_run_exit_status", in: again) == "3")
    }

    @Test(
        "A file that is broken, or another's, counts as none: no success is known",
        arguments: [
            "", "\u{0}\u{1}", "ad_user_sync_last_success_timestamp_seconds 7",
            #"ad_user_sync_last_success_timestamp_seconds{command="import",configuration="/other"} 7"#,
            #"ad_user_sync_last_success_timestamp_seconds{command="import",configuration="/c"} NaN"#,
            #"ad_user_sync_last_success_timestamp_seconds{command="import",configuration="/c"} -7"#,
            #"ad_user_sync_last_success_timestamp_seconds{command="import",configuration="/c"} 7 evil"#,
            #"ad_user_sync_last_success_timestamp_seconds{command="export",configuration="/c"} 7"#,
            #"ad_user_sync_last_success_timestamp_seconds{command="import",configuration="/c"}"#,
        ])
    func brokenFile(previous: String) {
        let text = RunMetrics(of: notice(status: 69, configuration: "/c", totals: nil), after: previous).text
        #expect(value("last_success_timestamp_seconds", in: text) == "0")
        #expect(value("users", in: text) == nil)
    }

    @Test("An export has neither changes nor pending actions")
    func export() {
        let text = RunMetrics(of: notice("export", totals: Self.totals), after: nil).text
        #expect(value("users", in: text) == "4")
        #expect(!text.contains("pending{") && !text.contains("changes{"))
    }

    @Test("The path of the configuration is a label, whatever is in it, and found again")
    func escaping() {
        let path = #"/srv/"plant"\a"# + "\nb.json"
        let good = RunMetrics(of: notice(configuration: path, totals: Self.totals), after: nil).text
        #expect(good.contains(#"configuration="/srv/\"plant\"\\a\nb.json"}"#))
        let bad = RunMetrics(of: notice(status: 69, configuration: path, totals: nil), after: good).text
        #expect(value("last_success_timestamp_seconds", in: bad) == "1795162502")
    }
}
