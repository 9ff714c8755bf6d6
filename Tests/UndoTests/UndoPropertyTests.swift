import Directory
import DistinguishedNames
import SyncPlan
import SyncRun
import SyncTestSupport
import Testing

@Suite("What holds of an undo in every world")
struct UndoPropertyTests {
    static let batches = (0..<20).map { UInt64($0) * 25..<UInt64($0 + 1) * 25 }

    /// The state after an undo as it should be: that before the import, and whoever was created, disabled and in no group
    /// that the import had put him in.
    ///
    /// Whoever was created keeps his names, even those that somebody else had before; nothing else is left alone.
    private func expectBack(
        _ now: UndoCase, _ before: [GUID: String], created: Set<GUID>, _ plan: UndoPlan, _ note: String
    ) {
        let names: Set<AccountField> = [
            .commonName, .attribute("sAMAccountName"), .attribute("userPrincipalName"), .isEnabled,
        ]
        for left in plan.leftAlone {
            guard case .nameCreated = left.reason else {
                // Whoever waits for a name that is not given up, or is not enabled under another's.
                #expect(left.field.map(names.contains) == true && !created.isEmpty, "\(note)")
                continue
            }
        }
        guard plan.leftAlone.isEmpty else { return }
        for (guid, line) in now.state {
            if created.contains(guid) {
                let account = now.directory.accounts.first { $0.guid == guid }
                #expect(account?.isDisabled == true && account?.groups.isEmpty == true, "\(note)")
            } else {
                #expect(line == before[guid], "\(note)")
            }
        }
    }

    @Test("An import, then its undo: as before; the undo again: nothing to do", arguments: batches)
    func back(seeds: Range<UInt64>) async throws {
        for seed in seeds {
            let stage = UndoCase(seed: seed)
            let before = stage.state
            guard let story = try? stage.world.story, !story.hasPrefix("refused"),
                let run = try? await stage.runImport()
            else { continue }
            let created = Set(stage.state.keys).subtracting(before.keys)
            let (plan, _, refused) = try await stage.undo(run)
            let note = "world \(seed):\n\(story)\nand back:\n\(plan.lines.joined(separator: "\n"))"
            #expect(refused.isEmpty, "\(refused)\n\(note)")
            expectBack(stage, before, created: created, plan, note)
            let again = try await stage.undoPlan(run)
            #expect(
                again.operations.isEmpty && again.leftAlone.count == plan.leftAlone.count, "\(again.lines)\n\(note)")
        }
    }

    @Test("The undo of the undo: as after the import, save a password", arguments: batches)
    func forthAgain(seeds: Range<UInt64>) async throws {
        for seed in seeds {
            let stage = UndoCase(seed: seed)
            guard let run = try? await stage.runImport() else { continue }
            let after = stage.state
            let undo = try await stage.undo(run)
            let redo = try await stage.undo(undo.run)
            let note = "world \(seed):\n\(undo.plan.lines)\nand forth:\n\(redo.plan.lines)"
            #expect(redo.refused.isEmpty, "\(redo.refused)\n\(note)")
            #expect(redo.plan.leftAlone.isEmpty, "\(note)")
            #expect(stage.state == after, "\(note)")
        }
    }

    @Test("Killed anywhere: what is back is what the journal cannot tell either", arguments: batches)
    func killed(seeds: Range<UInt64>) async throws {
        for seed in seeds {
            let stage = UndoCase(seed: seed)
            let before = stage.state
            var generator = SeededGenerator(seed: seed)
            var known: [Int: Bool] = [:]
            // What is unanswered may have happened or not: some of it is refused here without the journal knowing.
            let fate = (0..<200).map { _ in Int.random(in: 0..<3, using: &generator) }
            for number in 0..<200 { known[number + 1] = fate[number] > 0 }
            guard let run = try? await stage.runImport(answers: { known[$0] ?? true }) else { continue }
            let created = Set(stage.state.keys).subtracting(before.keys)
            let (plan, _, refused) = try await stage.undo(run)
            let note = "world \(seed):\n\(plan.lines.joined(separator: "\n"))"
            #expect(refused.isEmpty, "\(refused)\n\(note)")
            expectBack(stage, before, created: created, plan, note)
        }
    }

    @Test("Nothing outside the container is written, nor anybody who is protected", arguments: batches)
    func safety(seeds: Range<UInt64>) async throws {
        for seed in seeds {
            let stage = UndoCase(seed: seed)
            guard let run = try? await stage.runImport() else { continue }
            var generator = SeededGenerator(seed: seed)
            // Somebody moves two out, or makes them powerful.
            for account in stage.directory.accounts.shuffled(using: &generator).prefix(2) {
                stage.directory.edit(account.accountName) { account in
                    if seed.isMultiple(of: 2) {
                        account.protection = .adminCount
                    } else {
                        account.name = Fixture.elsewhere.appending(.commonName("moved \(account.accountName)"))
                    }
                }
            }
            let protected = Set(stage.directory.accounts.filter { $0.protection != nil }.map(\.guid))
            let plan = try await stage.undoPlan(run)
            for operation in plan.operations {
                let guid = try #require(operation.change.user?.guid)
                #expect(!protected.contains(guid), "world \(seed)")
                let account = stage.directory.accounts.first { $0.guid == guid }
                #expect(account?.name.isDescendant(of: Fixture.containerName) == true, "world \(seed)")
            }
        }
    }
}
