import Approvals
import Directory
import DistinguishedNames
import SyncPlan
import SyncTestSupport
import Testing

@Suite("What holds in every world")
struct PropertyTests {
    /// Each argument is a batch of worlds, so that a failure tells a small range to look at.
    static let batches = (0..<20).map { UInt64($0) * 25..<UInt64($0 + 1) * 25 }

    @Test("Running it again changes nothing, and nothing is refused", arguments: batches)
    func idempotence(seeds: Range<UInt64>) throws {
        for seed in seeds {
            var world = RandomCase.world(seed: seed)
            guard let approved = try? world.approved() else { continue }
            let tookOver = approved.operations.contains { if case .takeOver = $0.verb { true } else { false } }
            let before = approved.lines.joined(separator: "\n")
            let refused = try world.run()
            #expect(refused.isEmpty, "world \(seed): \(refused)\n\(before)")
            world.answers = approved.settled(world.answers, unfinished: [], at: world.now)
            // Names that a taken-over account gives up are free in the next run; and where people are known by their
            // names alone, a change of names may tell who somebody else is.
            if tookOver { try world.run() }
            if !world.file.allSatisfy({ $0.anchor != nil }) || world.policy.anchorAttribute == nil {
                for _ in 0..<3 {
                    let next = try world.approved()
                    try world.run()
                    world.answers = next.settled(world.answers, unfinished: [], at: world.now)
                }
            }
            let again = try world.approved().operations.map(\.line)
            #expect(again.isEmpty, "world \(seed):\n\(before)\nand then:\n\(again.joined(separator: "\n"))")
        }
    }

    @Test(
        "Neither anybody outside the container is touched, save by an approved take-over, nor who is protected",
        arguments: batches)
    func safety(seeds: Range<UInt64>) throws {
        for seed in seeds {
            let world = RandomCase.world(seed: seed)
            let accounts = world.directory.accounts
            guard let approved = try? world.approved() else { continue }
            let givenAway = Set(
                approved.operations.filter { if case .takeOver = $0.verb { true } else { false } }.compactMap {
                    $0.change.guid
                })
            for account in accounts {
                let isOutside = !account.name.isDescendant(of: Fixture.containerName)
                let changes = approved.operations.filter { $0.change.guid == account.guid }
                if account.protection != nil { #expect(changes.isEmpty, "world \(seed)") }
                guard isOutside else {
                    #expect(!givenAway.contains(account.guid), "world \(seed)")
                    continue
                }
                #expect(changes.isEmpty || givenAway.contains(account.guid), "world \(seed)")
                if givenAway.contains(account.guid) {
                    // Moved first, and by somebody's word.
                    guard case .move? = changes.first?.change else { throw Unexpected() }
                    #expect(
                        world.answers.contains { $0.kind == .name && $0.accept == true && $0.takeOver != nil },
                        "world \(seed)")
                }
            }
            let groups = Set(world.policy.mappedGroups.compactMap { $0.leaf?.value })
            for operation in approved.operations {
                switch operation.change {
                case .create(let user): #expect(user.name.parent == Fixture.containerName)
                case .rename(_, let leaf): #expect(leaf.value.utf16.count <= 64)
                case .move(_, let name): #expect(name.parent == Fixture.containerName)
                case .join(_, let group), .leave(_, let group): #expect(groups.contains(group.name.leaf?.value ?? ""))
                default: break
                }
            }
        }
    }

    @Test("Nobody is opened without an answer with his own anchor, or by name where that counts", arguments: batches)
    func enabling(seeds: Range<UInt64>) throws {
        for seed in seeds {
            let world = RandomCase.world(seed: seed)
            guard let approved = try? world.approved() else { continue }
            for operation in approved.operations {
                guard case .enable = operation.verb else { continue }
                let answers = world.answers.filter { $0.kind == .enable && $0.accept == true }
                #expect(
                    answers.contains { $0.anchor == nil || $0.anchor == operation.person.anchor }, "world \(seed)")
            }
        }
    }

    @Test("The order of file and directory does not matter", arguments: batches)
    func determinism(seeds: Range<UInt64>) throws {
        for seed in seeds {
            var world = RandomCase.world(seed: seed)
            let (target, query) = world.directory.snapshot(for: world.policy, reading: ["userPrincipalName", "mail"])
            func tell(_ target: TargetSnapshot) throws -> [String] {
                do {
                    let plan = try world.plan(for: target, query)
                    return plan.approved(by: Answers(world.answers)).lines + plan.questions.map(\.id.description)
                        + plan.standingAnswers.map { "\($0.kind) \($0.user) \($0.name ?? "") \($0.newName ?? "")" }
                } catch let refusal as PlanRefusal {
                    return ["\(refusal)"]
                }
            }
            let told = try tell(target)
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<4 {
                world.file.shuffle(using: &generator)
                let shuffled = TargetSnapshot(
                    domain: target.domain, container: target.container, groups: target.groups,
                    users: target.users.shuffled(using: &generator))
                let retold = try tell(shuffled)
                #expect(retold == told, "world \(seed)")
            }
        }
    }
}

extension DirectoryChange {
    /// The account it is for; nil for one that does not exist yet.
    var guid: GUID? {
        switch self {
        case .create: nil
        case .update(let user, _), .rename(let user, _), .move(let user, _), .disable(let user, _),
            .enable(let user, _, _), .join(let user, _), .leave(let user, _):
            user.guid
        }
    }
}
