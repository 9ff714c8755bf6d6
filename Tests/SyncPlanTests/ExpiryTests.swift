import Directory
import SyncPlan
import SyncTestSupport
import Testing

@Suite("Access runs out")
struct ExpiryTests {
    /// What becomes of the expiry of an active user.
    private func expiry(
        from current: AccountExpiry, written: String? = "2026-11-20T08:15:00", now: String = "2026-11-20T08:15:00",
        source: AccountExpiry = .never, disabled: Bool = false,
        policy change: (inout SyncPolicy) -> Void = { _ in }
    ) throws -> String {
        var world = ImportCase(
            file: [record(1, "Jane", "jane", disabled: disabled, expires: source)],
            directory: [account(1, "Jane", "jane", disabled: disabled, expires: current)], policy: change)
        world.written = written.map(Fixture.time)
        world.now = Fixture.time(now)
        return try world.story.replacing("update Jane: expires ", with: "")
    }

    private static func at(_ text: String) -> AccountExpiry { .at(Fixture.time(text)) }

    @Test("From the file's time, at most from now")
    func from() throws {
        try #expect(expiry(from: .never) == "2026-12-21T08:15:00")
        try #expect(expiry(from: .never, written: "2026-11-10T08:15:00.5") == "2026-12-11T08:15:00")
        try #expect(expiry(from: .never, written: "2027-11-10T08:15:00") == "2026-12-21T08:15:00")
        try #expect(expiry(from: .never, written: nil) == "2026-12-21T08:15:00")
    }

    @Test("The cap holds although months differ in length")
    func capAcrossMonths() throws {
        // The 30th at 23:00 and a month is later than the 31st at 10:00 and a month: both are the 28th.
        let end = try expiry(from: .never, written: "2026-01-30T23:00:00", now: "2026-01-31T10:00:00") {
            $0.expirationTime = CalendarDuration(months: 1, seconds: 0)
        }
        #expect(end == "2026-02-28T10:00:00")
    }

    @Test(
        "Months are calendar units",
        arguments: [
            ("2026-01-31T08:00:00", "2026-03-01T08:00:00"), ("2028-01-31T08:00:00", "2028-03-01T08:00:00"),
            ("2026-12-31T23:59:59", "2027-02-01T23:59:59"), ("2026-02-28T00:00:00", "2026-03-29T00:00:00"),
        ])
    func calendar(written: String, end: String) throws {
        try #expect(expiry(from: .never, written: written, now: written) == end)
    }

    @Test(
        "Extended by more than a day only, shortened at once",
        arguments: [
            ("2026-12-21T08:15:00", ""), ("2026-12-20T08:15:00", ""), ("2026-12-20T08:14:59", "2026-12-21T08:15:00"),
            ("2026-12-21T08:15:01", "2026-12-21T08:15:00"), ("2026-11-01T00:00:00", "2026-12-21T08:15:00"),
        ])
    func threshold(current: String, change: String) throws {
        try #expect(expiry(from: Self.at(current)) == change)
    }

    @Test("Or by more than a quarter of expiration_time, where that is less: nine of 36 hours")
    func quarter() throws {
        let short: (inout SyncPolicy) -> Void = { $0.expirationTime = CalendarDuration(seconds: 36 * 3600) }
        try #expect(expiry(from: Self.at("2026-11-21T11:15:00"), policy: short) == "")
        try #expect(expiry(from: Self.at("2026-11-21T11:14:59"), policy: short) == "2026-11-21T20:15:00")
    }

    @Test("No later than the source's own expiry, unless it is ignored")
    func sourceExpiry() throws {
        let soon = Self.at("2026-12-01T00:00:00")
        try #expect(expiry(from: Fixture.usualEnd, source: soon) == "2026-12-01T00:00:00")
        try #expect(expiry(from: soon, source: soon) == "")
        try #expect(expiry(from: Fixture.usualEnd, source: Self.at("2030-01-01")) == "")
        try #expect(expiry(from: Fixture.usualEnd, source: soon) { $0.sourceExpiry = .ignore } == "")
        try #expect(expiry(from: soon, source: soon) { $0.sourceExpiry = .ignore } == "2026-12-21T08:15:00")
    }

    @Test("The first instant of FILETIME, which the directory takes for never, is no way to live for ever")
    func zeroIsNotNever() throws {
        let world = ImportCase(
            file: [record(1, "Jane", "jane", expires: .at(Timestamp(fileTime: 0)))],
            directory: [account(1, "Jane", "jane")])
        try world.run()
        guard case .at(let end)? = world.directory.account("jane")?.expiry else { throw Unexpected() }
        #expect(end.fileTime > 0 && end < Fixture.now)
        try expect(world, tells: "")
    }

    @Test("Who is deactivated is not extended any more")
    func deactivated() throws {
        let soon = Self.at("2026-11-25T00:00:00")
        try #expect(expiry(from: soon, disabled: true) == "")
        let missing = ImportCase(
            file: [record(1, "Jane", "jane")],
            directory: [account(1, "Jane", "jane"), account(2, "Gone", "gone", disabled: true, expires: soon)])
        try expect(missing, tells: "")
    }

    @Test("Shortening stands alone, before everything else, so that a refused attribute cannot keep access open")
    func shorteningStandsAlone() throws {
        let both = ImportCase(
            file: [record(1, "Jane", "jane", ["info": "refused"])],
            directory: [account(1, "Jane", "jane", expires: .never)])
        try expect(
            both,
            tells: """
                update Jane: expires 2026-12-21T08:15:00
                update Jane: info=refused
                """)
        try #expect(both.plan().operations[0].stage == .withdraw)
    }
}

struct Unexpected: Error {}
