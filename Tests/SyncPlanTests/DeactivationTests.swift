import Directory
import SyncPlan
import SyncTestSupport
import Testing

@Suite("Deactivation and its limit")
struct DeactivationTests {
    /// `active` managed users, of whom the file lacks or disables some.
    private func world(
        active: Int, missing: Int, disabled: Int = 0, answers: [Resolution] = [],
        policy: (inout SyncPolicy) -> Void = { _ in }
    ) -> ImportCase {
        ImportCase(
            file: (missing..<active).map { record($0, "U\($0)", "u\($0)", disabled: $0 < missing + disabled) },
            directory: (0..<active).map { account($0, "U\($0)", "u\($0)") }, answers: answers, policy: policy)
    }

    /// One decision about several people.
    private func decision(_ numbers: Range<Int>, accept: Bool, at time: String = "2026-11-20") -> Resolution {
        var entry = answer(.disable, Resolution.everyone, accept: accept, at: time)
        entry.members = numbers.map { Resolution.Member(user: "U\($0)", anchor: Fixture.anchor($0)) }
        return entry
    }

    private func disabled(_ world: ImportCase) throws -> Int {
        try world.approved().operations.count { if case .disable = $0.verb { true } else { false } }
    }

    @Test("Disabled at the source or missing: disabled, never deleted")
    func both() throws {
        let world = world(active: 5, missing: 1, disabled: 1)
        try expect(world, tells: "disable U1 (source)\ndisable U0 (missing)")
        try expectSettled(world)
        #expect(world.directory.accounts.count == 5)
    }

    @Test("Can need approval", arguments: [nil, true, false])
    func approval(accept: Bool?) throws {
        let world = world(
            active: 5, missing: 1, disabled: 1,
            answers: accept.map { accept in (0...1).map { (n: Int) in answer(.disable, "U\(n)", id: n, accept: accept) }
            } ?? []
        ) { $0.approvalsOnTop = [.disable] }
        let story =
            switch accept {
            case nil: "? disable U0 (missing)\n? disable U1 (source)"
            case true?: "disable U0 (missing)\ndisable U1 (source)"
            case false?: "- disable U0 (missing)\n- disable U1 (source)"
            }
        try expect(world, tells: story)
    }

    @Test(
        "Both the count and the percentage must be exceeded to trip the brake",
        arguments: [
            (100, 10, false), (100, 11, false), (100, 20, false), (100, 21, true), (11, 10, false), (12, 11, true),
            (50, 11, true), (55, 11, false), (54, 11, true),
        ])
    func limit(active: Int, missing: Int, isHeld: Bool) throws {
        let world = world(active: active, missing: missing)
        #expect(try disabled(world) == (isHeld ? 0 : missing))
        #expect(try world.approved().brakes.count == (isHeld ? 1 : 0))
        #expect(try world.approved().pending.map(\.members.count) == (isHeld ? [missing] : []))
    }

    @Test("Accounts that are not managed do not make the limit wider")
    func unknownAccountsDoNotCount() throws {
        let world = world(active: 54, missing: 11)
        for number in 0..<20 { world.directory.insert(account(nil, "V\(number)", "v\(number)")) }
        #expect(try disabled(world) == 0)
        let statement = try #require(world.approved().brakes.first)
        guard case .tooManyDeactivations(_, let count, let active, _) = statement else { throw Unexpected() }
        #expect(count == 11 && active == 54)
    }

    @Test("Who is disabled already does not count, nor who is protected")
    func disabledDoNotCount() throws {
        let world = world(active: 30, missing: 11)
        world.directory.edit("u0") { $0.accountControl |= 2 }
        #expect(try disabled(world) == 10)
        world.directory.edit("u0") { $0.accountControl &= ~2 }
        world.directory.edit("u1") { $0.protection = .adminCount }
        #expect(try disabled(world) == 10)
    }

    @Test("The answer covers its people, and fewer; who is not covered is judged as if those were gone")
    func coverage() throws {
        try #expect(disabled(world(active: 30, missing: 12, answers: [decision(0..<12, accept: true)])) == 12)
        try #expect(disabled(world(active: 30, missing: 12, answers: [decision(0..<13, accept: true)])) == 12)
        // One more: alone he would go without a word, and so he does now.
        try #expect(disabled(world(active: 30, missing: 13, answers: [decision(0..<12, accept: true)])) == 13)
        // Eleven more of the eighteen who are left: they are asked about, the twelve go.
        let many = world(active: 30, missing: 23, answers: [decision(0..<12, accept: true)])
        #expect(try disabled(many) == 12)
        #expect(try many.approved().pending.map(\.members.count) == [11])
        #expect(
            try many.approved().pending.map(\.explanation) == [
                "11 of 18 active users would be deactivated, more than deactivation_limit allows at once"
            ])
        #expect(try many.approved().brakes.count == 1)
    }

    @Test("Rejected: nobody is deactivated, nothing is asked, also when fewer than the limit are left")
    func rejected() throws {
        for missing in [12, 11, 5] {
            let world = world(active: 30, missing: missing, answers: [decision(0..<12, accept: false)])
            #expect(try disabled(world) == 0)
            let approved = try world.approved()
            #expect(approved.pending.isEmpty && approved.brakes.isEmpty && approved.rejected.count == 1)
        }
        // Others who go missing later are judged on their own.
        try #expect(disabled(world(active: 30, missing: 14, answers: [decision(0..<12, accept: false)])) == 2)
    }

    @Test("Individual answers count before the limit is asked about")
    func individual() throws {
        let no = (0..<2).map { (n: Int) in answer(.disable, "U\(n)", id: n, accept: false) }
        let ten = world(active: 30, missing: 12, answers: no)
        #expect(try disabled(ten) == 10)
        #expect(try ten.approved().rejected.count == 2)
        let eleven = world(active: 30, missing: 13, answers: no)
        #expect(try disabled(eleven) == 0)
        #expect(try eleven.approved().pending.map(\.members.count) == [11])
        let yes = world(active: 30, missing: 12, answers: [answer(.disable, "U0", id: 0)])
        #expect(try disabled(yes) == 1)
    }

    @Test("The latest answer wins, alone or together")
    func latest() throws {
        let no = decision(0..<12, accept: false, at: "2026-11-01")
        let one = answer(.disable, "U0", id: 0, at: "2026-11-02")
        let yes = decision(0..<12, accept: true, at: "2026-11-03")
        try #expect(disabled(world(active: 30, missing: 12, answers: [one, no])) == 1)
        try #expect(disabled(world(active: 30, missing: 12, answers: [yes, one, no])) == 12)
    }

    @Test("The decision has one id for the same people, whatever the order")
    func identity() throws {
        var world = world(active: 30, missing: 12)
        let id = try world.plan().questions[0].id
        world.file.reverse()
        #expect(try world.plan().questions[0].id == id)
        world.file.removeLast()
        #expect(try world.plan().questions[0].id != id)
    }
}
