import Directory
import DistinguishedNames
import SyncPlan
import SyncRun
import SyncTestSupport
import Testing

@Suite("What no undo does, whatever its journal says")
struct UndoBoundaryTests {
    /// Jane's account, given back to where it had been found; the undo of that would take it over again.
    private func givenBack() async throws -> (stage: UndoCase, undo: PastRun) {
        let (stage, run, _) = try await UndoCase.takenOver()
        return (stage, try await stage.undo(run).run)
    }

    /// A journal that nobody of us wrote.
    private func forged(_ changes: [(Account, [FieldChange])]) -> PastRun {
        PastRun(
            id: "forged",
            steps: changes.map { account, changes in
                PastStep(
                    person: Person(
                        commonName: account.commonName, accountName: account.accountName, anchor: account.anchor),
                    account: UserReference(guid: account.guid, name: account.name), certainty: .confirmed,
                    changes: changes)
            })
    }

    private func place(_ text: String) -> FieldValue { .place(Fixture.name(text)) }

    @Test("What cannot come back into the container is not written where it stands", arguments: ["Jane", "jane"])
    func staysOutside(name: String) async throws {
        let (stage, undo) = try await givenBack()
        stage.directory.insert(OtherObject.contact(name))
        let plan = try await stage.undoPlan(undo)
        #expect(plan.operations.isEmpty)
        #expect(
            plan.lines.map { $0.lowercased() } == [
                "~ local: cn=jane,ou=managed,dc=target,dc=test has that name now"
            ])
    }

    @Test("The place inside is gone: not written outside either")
    func insideGone() async throws {
        let (stage, undo) = try await givenBack()
        stage.vanished = [Fixture.containerName]
        #expect(try await stage.undoPlan(undo).operations.isEmpty)
    }

    @Test(
        "An account outside is not moved elsewhere outside, and none goes to a place of the system",
        arguments: [
            (Fixture.elsewhere, "OU=Local,DC=target,DC=test"),
            (Fixture.elsewhere, "OU=Domain Controllers,DC=target,DC=test"),
            (Fixture.containerName, "OU=Domain Controllers,DC=target,DC=test"),
            (Fixture.containerName, "OU=Deep,CN=System,DC=target,DC=test"),
            (Fixture.containerName, "CN=Builtin,DC=target,DC=test"),
        ])
    func places(from: DistinguishedName, to: String) async throws {
        let evil = account(nil, "Evil", "evil", at: from)
        let stage = UndoCase(ImportCase(file: [], directory: [evil]))
        let move = FieldChange(.place, from: place(to), to: .place(from))
        #expect(try await stage.undoPlan(forged([(evil, [move])])).operations.isEmpty)
        let write = FieldChange(.attribute("mail"), from: .text("evil"), to: .values(.none))
        let both = try await stage.undoPlan(forged([(evil, [move, write])]))
        #expect(both.operations.allSatisfy { $0.change.user?.name.isDescendant(of: Fixture.containerName) == true })
    }

    @Test("Identities are not exchanged: no account gets the anchor of another")
    func exchangedAnchors() async throws {
        let (jane, bob) = (account(1, "Jane", "jane"), account(2, "Bob", "bob"))
        let stage = UndoCase(ImportCase(file: [], directory: [jane, bob]))
        let (one, two) = (Fixture.anchor(1).description, Fixture.anchor(2).description)
        let run = forged([
            (jane, [FieldChange(.attribute("adminDescription"), from: .text(two), to: .text(one))]),
            (bob, [FieldChange(.attribute("adminDescription"), from: .text(one), to: .text(two))]),
        ])
        #expect(try await stage.undoPlan(run).operations.isEmpty)
    }

    @Test("Nobody gets an anchor that is not the one in the journal's person, or that somebody holds")
    func anchorOfAnother() async throws {
        let (jane, bob) = (account(nil, "Jane", "jane"), account(2, "Bob", "bob"))
        let stage = UndoCase(ImportCase(file: [], directory: [jane, bob]))
        for number in [2, 3] {
            let stamp = Fixture.anchor(number).description
            let run = forged([
                (jane, [FieldChange(.attribute("adminDescription"), from: .text(stamp), to: .values(.none))])
            ])
            #expect(try await stage.undoPlan(run).operations.isEmpty)
        }
    }

    static let unfit: [(String, @Sendable (inout Account) -> Void)] = [
        ("is a member of", { $0.entanglements = [.member(of: Fixture.name("CN=Domain Admins,DC=target,DC=test"))] }),
        ("delegation", { $0.entanglements = [.trustedForDelegation] }),
        ("service principal name", { $0.entanglements = [.servicePrincipalName("http/x")] }),
        ("somebody else's text", { $0.attributes["adminDescription"] = "mine" }),
        (
            "anchor of another",
            { $0.attributes["adminDescription"] = .one(.text(Fixture.anchor(9).description)) }
        ),
    ]

    @Test(
        "Whom an import would not take over without a word, an undo does not take over again", arguments: unfit.indices)
    func unfitForTakeOver(index: Int) async throws {
        let (reason, edit) = Self.unfit[index]
        let (stage, undo) = try await givenBack()
        #expect(try await stage.undoPlan(undo).operations.first?.verb.name == "take over")
        stage.directory.edit("jane", edit)
        let plan = try await stage.undoPlan(undo)
        #expect(plan.operations.isEmpty)
        #expect(plan.leftAlone.count == 1 && plan.lines.first?.contains(reason) == true, "\(plan.lines)")
    }

    @Test("A move is shown before it is done, in and out")
    func movesAreTold() async throws {
        let (stage, run, _) = try await UndoCase.takenOver()
        let back = try await stage.undo(run)
        #expect(back.plan.lines.contains { $0.hasPrefix("^ Local moved to OU=Elsewhere") })
        #expect(try await stage.undoPlan(back.run).lines.contains { $0.hasPrefix("^ Jane moved into OU=Managed") })
    }

    @Test("A place where no user may be created: the account stays, anchor, expiry and all")
    func closedPlace() async throws {
        let (stage, run, _) = try await UndoCase.takenOver()
        stage.directory.edit("jane") { $0.expiry = Fixture.usualEnd }
        stage.closed = [Fixture.elsewhere]
        let past = PastRun(
            id: run.id,
            steps: run.steps
                + forged([
                    (
                        try #require(stage.directory.account("jane")),
                        [FieldChange(.expiry, from: .expiry(.never), to: .expiry(Fixture.usualEnd))]
                    )
                ]).steps)
        let plan = try await stage.undoPlan(past)
        #expect(
            plan.operations.map(\.line) == [
                "leave Local ← Plant Operators", "rename Jane to Local", "update Local: mail=",
            ])
        let left = Dictionary(plan.leftAlone.map { ($0.field, $0.reason) }, uniquingKeysWith: { first, _ in first })
        #expect(left[.place] == .placeClosed(Fixture.elsewhere))
        #expect(left[.attribute("adminDescription")] == .staysManaged)
        #expect(left[.expiry] == .staysManaged)
    }

    @Test(
        "No name comes back that an import would not write",
        arguments: [
            (AccountField.attribute("sAMAccountName"), "evil$"),
            (.attribute("sAMAccountName"), "thirty-characters-are-too-many"),
            (.attribute("userPrincipalName"), "jane@TARGET"), (.commonName, "a\u{7}b"),
        ])
    func unfitNames(field: AccountField, name: String) async throws {
        let jane = account(1, "Jane", "jane")
        let stage = UndoCase(ImportCase(file: [], directory: [jane]))
        let now = field == .commonName ? "Jane" : field == .attribute("sAMAccountName") ? "jane" : "jane@target.test"
        let plan = try await stage.undoPlan(forged([(jane, [FieldChange(field, from: .text(name), to: .text(now))])]))
        #expect(plan.operations.isEmpty)
        #expect(plan.lines.first?.contains("no import would write the name of before") == true)
    }

    @Test("An expiry that lets in, or locks out, is told; of a disabled account it does neither")
    func expiries() async throws {
        let (past, future) = (Fixture.time("2026-01-01"), Fixture.time("2027-01-01"))
        func lines(_ before: AccountExpiry, _ after: AccountExpiry, disabled: Bool) async throws -> [String] {
            let jane = account(1, "Jane", "jane", disabled: disabled, expires: after)
            let stage = UndoCase(ImportCase(file: [], directory: [jane]))
            let run = forged([(jane, [FieldChange(.expiry, from: .expiry(before), to: .expiry(after))])])
            return Array(try await stage.undoPlan(run).lines.dropFirst())
        }
        #expect(
            try await lines(.never, .at(past), disabled: false) == [
                "^ Jane can sign in again: its expiry has passed, and becomes never"
            ])
        #expect(
            try await lines(.at(past), .at(future), disabled: false) == [
                "v Jane cannot sign in any more: the expiry of before the run, 2026-01-01T00:00:00Z, has passed"
            ])
        #expect(try await lines(.never, .at(future), disabled: false) == [])
        #expect(try await lines(.never, .at(past), disabled: true) == [])
        #expect(try await lines(.at(past), .at(future), disabled: true) == [])
    }

    @Test("Whoever is enabled again and is a key to more is told with it")
    func enabledWithMore() async throws {
        let stage = UndoCase(
            ImportCase(file: [record(1, "Jane", "jane", disabled: true)], directory: [account(1, "Jane", "jane")]))
        let run = try await stage.runImport()
        stage.directory.edit("jane") { $0.entanglements = [.member(of: Fixture.name("CN=Domain Admins,DC=x"))] }
        #expect(
            try await stage.undoPlan(run).lines == [
                "enable Jane",
                "^ Jane enabled again, with the password the account has; it is a member of CN=Domain Admins,DC=x",
            ])
    }

    @Test("Created by the run and enabled by hand since: stays enabled, and is said so")
    func createdAndOpened() async throws {
        let stage = UndoCase(ImportCase(file: [record(1, "Jane", "jane")]))
        let run = try await stage.runImport()
        stage.directory.edit("jane") { $0.accountControl = 0x200 }
        #expect(try await stage.undoPlan(run).lines.last == "= Jane: openCreation")
    }
}
