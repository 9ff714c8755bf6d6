import Directory
import DistinguishedNames

/// Which of the wanted names can be had in this run, who is in the way of the others, and in which order they change
/// hands.
struct NameAllocation: Sendable {
    /// By subject, by the aspect in conflict.
    private(set) var conflicts: [Int: [NameConflict.Aspect: NameConflict.Cause]] = [:]
    /// Subjects whose names must change before those of the key.
    private(set) var predecessors: [Int: Set<Int>] = [:]

    private let subjects: [Subject]
    private let register: NameRegister
    private let claims: [Int: [NameClaim]]
    /// Who of those that claim something has which account now.
    private var subjectsByUser: [GUID: Int] = [:]
    /// The conflicts while their causes are still being found.
    private var blocked: [Int: Set<NameConflict.Aspect>] = [:]

    init(subjects: [Subject], claims: [Int: [NameClaim]], register: NameRegister, relations: HolderRelations) {
        self.subjects = subjects
        self.register = register
        self.claims = claims
        guard !claims.isEmpty else { return }
        for index in claims.keys {
            if let guid = subjects[index].user?.guid { subjectsByUser[guid] = index }
        }
        findRivals()
        findOccupied()
        for index in claims.keys { describe(index, relations) }
    }

    /// The names a subject gives up in this run, for others to have.
    func released(by index: Int) -> Set<NameConflict.Aspect> {
        Set(NameConflict.Aspect.allCases.filter { isReleased($0, by: index) })
    }

    /// Two records that want the same name and neither holds it: nobody is preferred, save by the operator's no to all
    /// the others.
    private mutating func findRivals() {
        var suitors: [NameClaim: [(index: Int, aspect: NameConflict.Aspect)]] = [:]
        for (index, changed) in claims {
            for claim in changed {
                // An account name and the principal name made of it are one name to sign in with.
                let name = claim.aspect == .accountName ? claim.implied(in: register.domain).first ?? claim : claim
                suitors[name, default: []].append((index, claim.aspect))
            }
        }
        for group in suitors.values where Set(group.map(\.index)).count > 1 {
            let willing = Set(
                group.filter { !subjects[$0.index].names.decisions.refusals.contains($0.aspect) }.map(\.index))
            for (index, aspect) in group where willing != [index] {
                let others = Set(group.map(\.index)).subtracting([index]).map { subjects[$0].record.position }
                conflicts[index, default: [:]][aspect] = .wantedByRecords(others.sorted())
                blocked[index, default: []].insert(aspect)
            }
        }
    }

    /// A name whose holder gives it up in this run is free, unless the holder cannot get the new one. So a conflict may
    /// bring about others, along the chain of those who wait for one another.
    private mutating func findOccupied() {
        var waiting: [Int: [Int]] = [:]
        for (index, changed) in claims {
            for obstacle in changed.flatMap({ obstacles(to: $0, for: index) }) {
                if let holder = subjectsByUser[obstacle.occupant.guid] { waiting[holder, default: []].append(index) }
            }
        }
        var toExamine = Array(claims.keys)
        while let index = toExamine.popLast() {
            for claim in claims[index] ?? [] where blocked[index]?.contains(claim.aspect) != true {
                guard obstacles(to: claim, for: index).contains(where: { releasing($0) == nil }) else { continue }
                blocked[index, default: []].insert(claim.aspect)
                toExamine += waiting[index] ?? []
            }
        }
    }

    /// Once it is settled who is blocked: by whom, and whom the others have to wait for. Independent of the order in
    /// which that was found.
    private mutating func describe(_ index: Int, _ relations: HolderRelations) {
        for claim in claims[index] ?? [] where conflicts[index]?[claim.aspect] == nil {
            let obstacles = obstacles(to: claim, for: index)
            if let obstacle = obstacles.first(where: { releasing($0) == nil }) {
                conflicts[index, default: [:]][claim.aspect] = .held(
                    by: relations.holder(obstacle.occupant, for: subjects[index]))
            } else {
                predecessors[index, default: []].formUnion(obstacles.compactMap(releasing))
            }
        }
        if predecessors[index]?.isEmpty == true { predecessors[index] = nil }
    }

    private func obstacles(to claim: NameClaim, for index: Int) -> [NameRegister.Obstacle] {
        register.obstacles(to: claim, except: subjects[index].user?.guid)
    }

    /// The subject that gives the name up in this run.
    private func releasing(_ obstacle: NameRegister.Obstacle) -> Int? {
        guard let index = subjectsByUser[obstacle.occupant.guid], isReleased(obstacle.through.aspect, by: index) else {
            return nil
        }
        return index
    }

    private func isReleased(_ aspect: NameConflict.Aspect, by index: Int) -> Bool {
        // An account that is taken over changes after everybody else.
        guard !subjects[index].isTakeOver, blocked[index]?.contains(aspect) != true,
            claims[index]?.contains(where: { $0.aspect == aspect }) == true
        else { return false }
        // A principal name made from the account name stays if that does.
        return aspect != .principalName || subjects[index].names.mappedPrincipalName != nil
            || blocked[index]?.contains(.accountName) != true
    }
}
