public import Directory
public import DistinguishedNames
public import SyncPlan

/// One import: this file, into this directory, with these answers, at this time. Change what matters, ask for the story.
public struct ImportCase: Sendable {
    public var policy: SyncPolicy
    public var file: [SourceUser]
    /// When the file was written.
    public var written: Timestamp? = Fixture.now
    public var source: GUID? = Fixture.source
    /// Why the file does not prove that it is complete.
    public var incompleteness: String?
    /// Where people are to stand, relative to the container, by position.
    public var units: [Int: DistinguishedName] = [:]
    /// Of records that could not be mapped, by position.
    public var faults: [Int: RecordFault] = [:]
    public var directory: InMemoryDirectory
    public var answers: [Resolution]
    /// Positions of the records that the run is for; nil for all.
    public var part: Set<Int>?
    public var now = Fixture.now

    /// - Parameters:
    ///   - accounts: inside the container and outside, as each says itself.
    ///   - others: what there is beside accounts and the groups of the plant.
    public init(
        file: [SourceUser] = [], directory accounts: [Account] = [], others: [OtherObject] = [],
        answers: [Resolution] = [], policy change: (inout SyncPolicy) -> Void = { _ in }
    ) {
        self.file = file.enumerated().map { $1.at($0 + 1) }
        self.answers = answers
        directory = InMemoryDirectory(accounts, others: Self.plantGroups + others)
        policy = Self.plantPolicy
        change(&policy)
    }

    /// Groups of the source domain and what they mean in the plant. `Plant Safety` is restricted.
    public static let plantPolicy = SyncPolicy(
        groupMap: [
            Fixture.group("Operators"): [Fixture.group("Plant Operators")],
            Fixture.group("Engineers"): [Fixture.group("Plant Engineers"), Fixture.group("Plant Operators")],
            Fixture.group("Safety"): [Fixture.group("Plant Safety")],
        ],
        restrictedGroups: [Fixture.group("Plant Safety")])

    static let plantGroups: [OtherObject] = [
        .group("Plant Operators"), .group("Plant Engineers"), .group("Plant Safety"), .group("Plant Guests"),
        .group("Plant Backup", through: ["Plant Backup", "Backup Operators"]),
    ]

    private var population: SourcePopulation {
        let written = SourcePopulation(
            timestamp: written, domain: source,
            users: file.enumerated().map { $1.position == 0 ? $1.at($0 + 1) : $1 }, incompleteness: incompleteness)
        return written.mapped(to: written.users, faults: faults, units: units).takingManagers()
    }

    /// The attributes the file carries, which are those that are read.
    var attributes: [AttributeName] { population.attributesToRead }

    public func plan() throws -> Plan {
        let (target, query) = directory.snapshot(for: policy, reading: attributes)
        return try plan(for: target, query)
    }

    /// Plans for a snapshot that was taken before, or altered.
    public func plan(for target: TargetSnapshot, _ query: UserQuery) throws -> Plan {
        let matching = try Planner(
            policy: policy, source: population, target: target, answers: Answers(answers), now: now
        ).match()
        return matching.plan(holders: directory.holders(of: matching.nameQuestions, as: query), part: part)
    }

    public func approved() throws -> ApprovedPlan { try plan().approved(by: Answers(answers)) }

    /// Plans, applies, and tells what was refused.
    @discardableResult
    public func run() throws -> [DirectoryFailure] {
        var refused: [DirectoryFailure] = []
        directory.perform(try approved().operations.map(\.change)) { _, result in
            if case .failure(let failure) = result { refused.append(failure) }
        }
        return refused
    }

    /// What the import does and asks, one line each; or why it refuses.
    public var story: String {
        get throws {
            do {
                return try approved().lines.joined(separator: "\n")
            } catch let refusal as PlanRefusal {
                return refusal.line
            }
        }
    }
}

/// An answer about a person with an anchor, or by the name alone.
public func answer(
    _ kind: ActionKind, _ user: String, id: Int? = nil, accept: Bool? = true, group: String? = nil,
    name: String? = nil, newName: String? = nil, takeOver: Resolution.TakeOver? = nil, password: String? = nil,
    keepPassword: Bool = false, at time: String = "2026-11-20T08:00:00"
) -> Resolution {
    Resolution(
        kind: kind, user: user, anchor: id.map(Fixture.anchor), accept: accept, timestamp: Fixture.time(time),
        group: group, name: name, newName: newName, takeOver: takeOver, password: password.map(Secret.init),
        keepPassword: keepPassword)
}
