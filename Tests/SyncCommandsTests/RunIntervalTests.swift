import Testing

@testable import SyncCommands

/// Times between two runs, as they are typed.
@Suite struct RunIntervalTests {
    @Test(
        "Numbers with units, also several",
        arguments: [
            ("1s", 1), ("90s", 90), ("15m", 900), ("1h", 3600), ("1d", 86_400), ("1h30m", 5400), ("1d12h", 129_600),
            ("31d", 2_678_400), ("0h5m", 300), ("007m", 420),
        ])
    func accepted(text: String, seconds: Int) {
        #expect(RunInterval(argument: text)?.duration == .seconds(seconds))
    }

    @Test(
        "Anything else",
        arguments: [
            "", "0", "0s", "1", "h", "1x", "1h30", "-1s", "+1s", "1.5h", " 1h", "1h ", "1H", "32d", "99d", "１h", "1 h",
            "9223372036854775807d", "99999999999999999999s", "106751991167300d1s",
        ])
    func refused(text: String) {
        #expect(RunInterval(argument: text) == nil)
    }

    @Test("For the log", arguments: [(5, "5 s"), (119, "119 s"), (150, "2 min"), (7200, "2 h"), (7500, "2 h 5 min")])
    func words(seconds: Int, words: String) {
        #expect(Duration.seconds(seconds).words == words)
    }
}
