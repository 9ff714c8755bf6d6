import Directory
import Testing

@Suite("Points in time")
struct TimestampTests {
    @Test(
        "FILETIME and ISO 8601 name the same moment",
        arguments: [
            ("1601-01-01T00:00:00Z", 0),
            ("1970-01-01T00:00:00Z", 116_444_736_000_000_000),
            ("1969-12-31T23:59:59Z", 116_444_735_990_000_000),
            ("2000-02-29T12:00:00Z", 125_962_992_000_000_000),
            ("2026-11-20T08:15:00.482913Z", 134_396_361_004_829_130),
            ("9999-12-31T23:59:59.999999Z", 2_650_467_743_999_999_990),
        ] as [(String, Int64)])
    func fileTime(text: String, fileTime: Int64) throws {
        let timestamp = try #require(Timestamp(iso8601: text))
        #expect(timestamp.fileTime == fileTime)
        #expect(Timestamp(fileTime: fileTime).iso8601(.withZone) == text)
        #expect(Timestamp(fileTime: fileTime).iso8601(.withoutZone) == String(text.dropLast()))
    }

    @Test(
        "Zones and fractions are understood",
        arguments: [
            ("2026-11-20", "2026-11-20T00:00:00"),
            ("2026-11-20 08:15", "2026-11-20T08:15:00"),
            ("2026-11-20T08:15:00", "2026-11-20T08:15:00"),
            ("2026-11-20T08:15:00+01:00", "2026-11-20T07:15:00"),
            ("2026-11-20T08:15:00-0530", "2026-11-20T13:45:00"),
            ("2026-01-01T00:30:00+01", "2025-12-31T23:30:00"),
            ("2026-11-20T08:15:00.5", "2026-11-20T08:15:00.500000"),
            ("2026-11-20T08:15:00,000001z", "2026-11-20T08:15:00.000001"),
            ("2024-02-29T00:00:00", "2024-02-29T00:00:00"),
        ])
    func reads(text: String, expected: String) throws {
        #expect(try #require(Timestamp(iso8601: text)).iso8601(.withoutZone) == expected)
    }

    @Test(
        "What is no time is refused",
        arguments: [
            "", "2026", "2026-13-01", "2026-00-01", "2026-02-29", "1900-02-29", "2026-04-31", "1600-12-31",
            "2026-11-20T", "2026-11-20T24:00:00", "2026-11-20T08:60", "2026-11-20T08:15:61", "2026-11-20T08:15:00.",
            "2026-11-20T08:15:00+", "2026-11-20T08:15:00+1", "2026-11-20T08:15:00X", "2026-11-20T08:15:00Z ",
            "２０２６-11-20", "20261120",
        ])
    func refuses(text: String) { #expect(Timestamp(iso8601: text) == nil) }

    @Test func unixSecondsAreRoundedDownOnBothSidesOfTheEpoch() {
        #expect(Timestamp(unixSeconds: 1, nanoseconds: 999_999_999).unixSeconds == 1)
        #expect(Timestamp(fileTime: Timestamp(unixSeconds: -1).fileTime - 1).unixSeconds == -2)
        #expect(Timestamp(fileTime: -1).unixSeconds == -11_644_473_601)
    }

    @Test func theEarlierExpiryWins() {
        let early = AccountExpiry.at(Timestamp(unixSeconds: 1))
        let late = AccountExpiry.at(Timestamp(unixSeconds: 2))
        #expect(early.earlier(late) == early)
        #expect(late.earlier(early) == early)
        #expect(AccountExpiry.never.earlier(late) == late)
        #expect(AccountExpiry.never.earlier(.never) == .never)
    }
}
