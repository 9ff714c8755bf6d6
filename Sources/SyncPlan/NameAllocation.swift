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
    private let relations: HolderRelations
    private var claims: [Int: [NameClaim]] = [:]
    private var subjectsByUser: [GUID: Int] = [:]

    init(subjects: [Subject], register: NameRegister, relations: HolderRelations, target: TargetSnapshot) {
        self.subjects = subjects
        self.register = register
        self.relations = relations
        for (index, subject) in subjects.enumerated() where subject.isWanted && subject.user?.protection == nil {
            let changed = subject.changedClaims(in: target)
            guard !changed.isEmpty else { continue }
            claims[index] = changed
            if let guid = subject.user?.guid { subjectsByUser[guid] = index }
        }
        findRivals()
        findOccupied()
    }

    /// Two records that want the same name and neither holds it: nobody is preferred.
    private mutating func findRivals() {
        var suitors: [NameClaim: [Int]] = [:]
        for (index, changed) in claims {
            for claim in changed { suitors[claim, default: []].append(index) }
        }
        for (claim, indices) in suitors where indices.count > 1 {
            for index in indices {
                let others = indices.filter { $0 != index }.map { subjects[$0].record.position }.sorted()
                conflicts[index, default: [:]][claim.aspect] = .wantedByRecords(others)
            }
        }
    }

    /// A name whose holder gives it up in this run is free, unless the holder cannot get the new one. So a conflict may
    /// bring about others, until no more are found.
    private mutating func findOccupied() {
        let order = claims.keys.sorted()
        var changed = true
        while changed {
            changed = false
            for index in order {
                for claim in claims[index] ?? [] where conflicts[index]?[claim.aspect] == nil {
                    let obstacles = register.obstacles(to: claim, except: subjects[index].user?.guid)
                    guard let obstacle = obstacles.first(where: { releasing($0) == nil }) else { continue }
                    conflicts[index, default: [:]][claim.aspect] = .held(
                        by: relations.holder(obstacle.occupant, for: subjects[index]))
                    changed = true
                }
            }
        }
        for index in order {
            for claim in claims[index] ?? [] where conflicts[index]?[claim.aspect] == nil {
                for obstacle in register.obstacles(to: claim, except: subjects[index].user?.guid) {
                    if let predecessor = releasing(obstacle) { predecessors[index, default: []].insert(predecessor) }
                }
            }
        }
    }

    /// The subject that gives the name up in this run.
    private func releasing(_ obstacle: NameRegister.Obstacle) -> Int? {
        let aspect = obstacle.through.aspect
        guard let index = subjectsByUser[obstacle.occupant.guid], conflicts[index]?[aspect] == nil,
            claims[index]?.contains(where: { $0.aspect == aspect }) == true
        else { return nil }
        return index
    }
}

/// What the holder of a name is to the person who wants it, and whether the account can be taken over.
struct HolderRelations: Sendable {
    let usesAnchors: Bool

    func holder(_ occupant: NameRegister.Occupant, for subject: Subject) -> NameConflict.Holder {
        switch occupant {
        case .managed(let user):
            return NameConflict.Holder(
                name: user.name, accountName: user.accountName, relation: .managed,
                takeOver: .refused("it is a managed account of somebody else"))
        case .other(let holder):
            guard case .user(let user, let entanglements) = holder.kind else {
                return NameConflict.Holder(
                    name: holder.name, accountName: holder.accountName, relation: .notAnAccount,
                    takeOver: .refused("it is no account of a person"))
            }
            let isOwn = usesAnchors && subject.record.anchor != nil && user.stamp.anchor == subject.record.anchor
            return NameConflict.Holder(
                name: holder.name, accountName: holder.accountName, relation: isOwn ? .movedOut : .stranger,
                takeOver: takeOver(of: user, entanglements, for: subject, isOwn: isOwn))
        }
    }

    private func takeOver(
        of user: DirectoryUser, _ entanglements: [NameHolder.Entanglement], for subject: Subject, isOwn: Bool
    ) -> NameConflict.TakeOver {
        if let protection = user.protection { return .refused(protection.rawValue) }
        if subject.user != nil { return .refused("the person has an account already") }
        if !isOwn {
            switch user.stamp {
            case .anchor: return .refused("it carries the anchor of another person")
            case .foreign: return .refused("its anchor attribute holds somebody else's text")
            case .none: break
            }
        }
        return entanglements.isEmpty ? .possible : .onlyByName(entanglements)
    }
}
