import Approvals
import Testing

@testable import ApprovalsWeb

@Suite("Which page is the one that acts")
struct TabTests {
    private func seconds(_ number: Int) -> Duration { .seconds(number) }

    @Test("The newest is active, and the one before it when it goes")
    func newest() {
        var tabs = TabRegister()
        #expect(tabs.isActive("any"))
        tabs.sign(of: "one", at: seconds(0))
        tabs.sign(of: "two", at: seconds(1))
        #expect(tabs.isActive("two") && !tabs.isActive("one"))
        tabs.sign(of: "one", at: seconds(2))
        #expect(tabs.isActive("two"))
        tabs.close("two", at: seconds(3))
        #expect(tabs.isActive("one"))
    }

    @Test("An older one can take over")
    func takeOver() {
        var tabs = TabRegister()
        tabs.sign(of: "one", at: seconds(0))
        tabs.sign(of: "two", at: seconds(1))
        tabs.takeOver(by: "one", at: seconds(2))
        #expect(tabs.isActive("one") && !tabs.isActive("two"))
    }

    @Test("Nobody is missed before somebody came, nor while a page follows another")
    func grace() {
        var tabs = TabRegister()
        #expect(!tabs.isDeserted(at: seconds(1000)))
        tabs.sign(of: "one", at: seconds(1000))
        tabs.close("one", at: seconds(1001))
        #expect(!tabs.isDeserted(at: seconds(1003)))
        tabs.sign(of: "two", at: seconds(1003))
        #expect(!tabs.isDeserted(at: seconds(1010)))
        tabs.close("two", at: seconds(1010))
        #expect(tabs.isDeserted(at: seconds(1014)))
    }

    @Test("A page that fell silent was closed by a crash")
    func crash() {
        var tabs = TabRegister()
        tabs.sign(of: "one", at: seconds(0))
        tabs.dropSilent(at: seconds(89))
        #expect(!tabs.isDeserted(at: seconds(1000)))
        tabs.dropSilent(at: seconds(90))
        #expect(!tabs.isDeserted(at: seconds(93)))
        #expect(tabs.isDeserted(at: seconds(94)))
    }

    @Test("An inactive page's forms are refused, until it takes over")
    func inactive() async throws {
        let desk = FakeDesk(details: People.everyForm)
        try await Served.visit(desk) { visitor in
            var one = visitor
            var two = visitor
            (one.tab, two.tab) = ("one", "two")
            _ = try await one.post("/tabs/sign")
            let sign = try await two.post("/tabs/sign")
            #expect(sign.text.contains("\"active\":true"))
            let told = try await one.post("/tabs/sign")
            #expect(told.text.contains("\"active\":false"))
            let refused = try await one.post("/actions/join000001/accept", [("answer", "plain")])
            #expect(refused.status == 409)
            let before = await desk.decided.count
            #expect(before == 0)
            _ = try await one.post("/tabs/take-over")
            let accepted = try await one.post("/actions/join000001/accept", [("answer", "plain")])
            #expect(accepted.status == 303)
        }
        #expect(await desk.decided == [.init(decision: .accept(.plain), id: "join000001")])
    }

    @Test("When the last page is closed the session ends")
    func lastPage() async throws {
        let hand = HandClock()
        let end = try await Served.run(settings: Served.settings(lastPage: .endsSession), clock: hand.clock) { served in
            var visitor = try await Visitor.entered(served.entrance)
            visitor.tab = "one"
            _ = try await visitor.post("/tabs/sign")
            _ = try await visitor.post("/tabs/close")
            hand.advance(by: .seconds(5))
            try await Task.sleep(for: .seconds(3600))
        }
        #expect(end == .lastPageClosed)
    }

    @Test("With passwords that would be lost it goes on, and says so")
    func unexported() async throws {
        let hand = HandClock()
        let desk = FakeDesk(details: People.everyForm, passwords: People.passwords(3, exported: 1))
        let end = try await Served.run(desk, settings: Served.settings(lastPage: .endsSession), clock: hand.clock) {
            served in
            var visitor = try await Visitor.entered(served.entrance)
            visitor.tab = "one"
            _ = try await visitor.post("/tabs/sign")
            _ = try await visitor.post("/tabs/close")
            hand.advance(by: .seconds(5))
            let told = await served.events.first { $0 != .entered }
            #expect(told == .pageClosedWithUnexportedPasswords(2))
            let page = try await visitor.get("/")
            #expect(page.status == 200)
        }
        #expect(end == .cancelled)
    }

    @Test("While the directory is lost, signs of life try it again, not more often than every five seconds")
    func reconnecting() async throws {
        let hand = HandClock()
        let desk = FakeDesk()
        await desk.lose("gone")
        try await Served.run(desk, clock: hand.clock) { served in
            var visitor = try await Visitor.entered(served.entrance)
            visitor.tab = "one"
            for _ in 0..<3 { _ = try await visitor.post("/tabs/sign") }
            let first = await desk.reconnects
            #expect(first == 1)
            hand.advance(by: .seconds(5))
            _ = try await visitor.post("/tabs/sign")
        }
        #expect(await desk.reconnects == 2)
    }
}
