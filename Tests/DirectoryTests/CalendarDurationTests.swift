import Directory
import Testing

@Suite("Calendar durations")
struct CalendarDurationTests {
    @Test(
        "A month is a month of the calendar",
        arguments: [
            ("2026-01-31T10:00:00", "P1M", "2026-02-28T10:00:00"),
            ("2024-01-31T10:00:00", "P1M", "2024-02-29T10:00:00"),
            ("2026-01-31T10:00:00", "P1M1D", "2026-03-01T10:00:00"),
            ("2024-01-31T10:00:00", "P1M1D", "2024-03-01T10:00:00"),
            ("2026-12-15T00:00:00", "P1M", "2027-01-15T00:00:00"),
            ("2024-02-29T00:00:00", "P1Y", "2025-02-28T00:00:00"),
            ("2024-02-29T00:00:00", "P4Y", "2028-02-29T00:00:00"),
            ("2099-12-31T00:00:00", "P2M", "2100-02-28T00:00:00"),
            ("2026-03-31T00:00:00", "P1M", "2026-04-30T00:00:00"),
            ("1969-12-31T23:59:59", "P1M", "1970-01-31T23:59:59"),
            ("2026-11-20T08:15:00.482913", "P1M1D", "2026-12-21T08:15:00.482913"),
            ("2026-11-20T23:00:00", "PT36H", "2026-11-22T11:00:00"),
            ("2026-11-20T00:00:00", "P2W", "2026-12-04T00:00:00"),
            ("2026-11-20T00:00:00", "P1Y2M3DT4H5M6S", "2028-01-23T04:05:06"),
            ("2026-11-20T00:00:00", "P14M", "2028-01-20T00:00:00"),
        ])
    func moves(from start: String, by duration: String, to end: String) throws {
        let start = try #require(Timestamp(iso8601: start))
        let duration = try #require(CalendarDuration(iso8601: duration))
        #expect(duration.after(start).iso8601(.withoutZone) == end)
    }

    @Test(
        "What is no duration of whole units in order is refused",
        arguments: [
            "", "P", "PT", "1M", "P1", "P1DT", "P1M1M", "P1D1M", "P1H", "PT1D", "P-1D", "P1.5D", "p1d", "P1M ", "PTT1H",
            "P99999999999999999999D", "P1001Y", "P9999999W", "PT9999999999H",
        ])
    func refuses(text: String) { #expect(CalendarDuration(iso8601: text) == nil) }

    @Test func theLongestMovesTheLatestTime() throws {
        let latest = try #require(Timestamp(iso8601: "9999-12-31T23:59:59"))
        let longest = try #require(CalendarDuration(iso8601: "P1000YT8760000H"))
        #expect(longest.after(latest) > latest)
    }
}
