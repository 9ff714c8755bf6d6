import Directory
import DistinguishedNames

/// Which names can be had back, and in which order they change hands.
struct UndoNames: Sendable {
    private(set) var candidates: [UndoCandidate]
    private let register: NameRegister
    private let byUser: [GUID: Int]

    init(candidates: [UndoCandidate], holders: [NameHolder], target: TargetSnapshot) {
        self.candidates = candidates
        register = NameRegister(
            users: target.users, holders: holders, domain: target.domain, claims: candidates.flatMap(\.claims))
        byUser = Dictionary(
            candidates.enumerated().map { ($1.user.guid, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Gives up what cannot be had, and what depends on it, until nothing more follows.
    mutating func settle(anchor: AttributeName?) {
        giveUpRivals()
        while giveUpTaken() {}
        for index in candidates.indices {
            candidates[index].keepAnchorIfItStays(anchor)
            candidates[index].stayDisabledUnlessRestored(anchor)
        }
    }

    /// Two who held the same name before: only principal names can be so.
    private mutating func giveUpRivals() {
        var suitors: [NameClaim: [Int]] = [:]
        for index in candidates.indices {
            for claim in candidates[index].claims { suitors[claim, default: []].append(index) }
        }
        for (claim, indices) in suitors where indices.count > 1 {
            for index in indices {
                guard let rival = indices.first(where: { $0 != index }) else { continue }
                candidates[index].giveUp(claim.aspect, because: .nameTaken(by: candidates[rival].user.name))
            }
        }
    }

    /// - Returns: whether somebody gave something up, which may leave others without a name.
    private mutating func giveUpTaken() -> Bool {
        var isChanged = false
        for index in candidates.indices {
            for claim in candidates[index].claims {
                guard let obstacle = obstacles(to: claim, for: index).first(where: { releasing($0) == nil }) else {
                    continue
                }
                candidates[index].giveUp(claim.aspect, because: reason(obstacle))
                isChanged = true
            }
        }
        return isChanged
    }

    private func reason(_ obstacle: NameRegister.Obstacle) -> LeftAlone.Reason {
        let isCreated = byUser[obstacle.occupant.guid].map { candidates[$0].history.isCreated } ?? false
        return isCreated ? .nameCreated(obstacle.occupant.name) : .nameTaken(by: obstacle.occupant.name)
    }

    /// Everybody; who leaves the container goes last of all, so one whose name others wait for steps aside at once.
    func order() -> [NameWalk.Step] {
        var predecessors: [Int: [Int]] = [:]
        var parked: [Int] = []
        for index in candidates.indices {
            for claim in candidates[index].claims {
                for obstacle in obstacles(to: claim, for: index) {
                    guard let holder = releasing(obstacle) else { continue }
                    if candidates[holder].isGivenBack, obstacle.through.aspect == .commonName {
                        if !parked.contains(holder) { parked.append(holder) }
                    } else if predecessors[index]?.contains(holder) != true {
                        predecessors[index, default: []].append(holder)
                    }
                }
            }
        }
        var walk = NameWalk(
            steps: parked.map(NameWalk.Step.park)
                + candidates.indices.filter { predecessors[$0] == nil }.map(NameWalk.Step.person),
            predecessors: predecessors)
        for index in candidates.indices where predecessors[index] != nil { walk.visit(index) }
        return walk.steps
    }

    private func obstacles(to claim: NameClaim, for index: Int) -> [NameRegister.Obstacle] {
        register.obstacles(to: claim, except: candidates[index].user.guid)
    }

    /// Who gives the name up in the same undo.
    private func releasing(_ obstacle: NameRegister.Obstacle) -> Int? {
        guard let index = byUser[obstacle.occupant.guid], !candidates[index].isMovedIn,
            candidates[index].releases(obstacle.through.aspect)
        else { return nil }
        return index
    }
}

extension NameRegister.Occupant {
    fileprivate var name: DistinguishedName {
        switch self {
        case .managed(let user): user.name
        case .other(let holder): holder.name
        }
    }
}
