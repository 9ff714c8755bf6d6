import Directory
import DistinguishedNames

extension PlanBuilder {
    enum Step {
        case person(Int)
        /// A person whose names others wait for, while he waits for theirs, gets passing ones first.
        case park(Int)
    }

    /// Everybody, in an order that does not depend on that of the file, and names given up before they are taken.
    func order() -> [Step] {
        let keys = subjects.map { SortKey($0) }
        let byPerson = subjects.indices.sorted { keys[$0] < keys[$1] }
        var steps = byPerson.filter { allocation.predecessors[$0] == nil }.map(Step.person)
        var waiting = byPerson.filter { allocation.predecessors[$0] != nil }
        var unfinished = Set(waiting)
        while !waiting.isEmpty {
            let ready = waiting.filter { unfinished.isDisjoint(with: allocation.predecessors[$0] ?? []) }
            if ready.isEmpty {
                let parked = memberOfCycle(from: waiting[0], within: unfinished)
                unfinished.remove(parked)
                steps.append(.park(parked))
            } else {
                unfinished.subtract(ready)
                steps += ready.map(Step.person)
                let placed = Set(ready)
                waiting.removeAll(where: placed.contains)
            }
        }
        return steps
    }

    private func memberOfCycle(from start: Int, within unfinished: Set<Int>) -> Int {
        var visited: Set<Int> = []
        var current = start
        while visited.insert(current).inserted,
            let next = allocation.predecessors[current]?.intersection(unfinished).min()
        {
            current = next
        }
        return current
    }

    /// Two who exchange names cannot both go first: one steps aside.
    mutating func park(_ index: Int) {
        let subject = subjects[index]
        guard let user = subject.user else { return }
        let mark = "~" + user.guid.description.prefix(8)
        let reference = UserReference(guid: user.guid, name: user.name)
        let passing = RelativeDistinguishedName.commonName(
            String(user.commonName.prefix(NameRules.commonNameLimit / 2)) + mark)
        if let parent = user.name.parent {
            parkedNames[user.guid] = parent.appending(passing)
            operations.append(
                Operation(
                    person: subject.person, stage: .change, verb: .park, change: .rename(reference, to: passing)))
        }
        var replacements = [
            AttributeReplacement(name: "sAMAccountName", old: .one(.text(user.accountName)), new: .one(.text(mark)))
        ]
        if let principalName = user.userPrincipalName {
            let domain = planner.target.domain
            replacements.append(
                AttributeReplacement(
                    name: "userPrincipalName", old: .one(.text(principalName)),
                    new: .one(.text(WantedNames.defaultPrincipalName(mark, in: domain)))))
        }
        operations.append(
            Operation(
                person: subject.person, stage: .change, verb: .park,
                change: .update(reference, UserUpdate(replacements: replacements))))
    }
}

/// People with an anchor by it, the others by their names.
private struct SortKey: Comparable {
    private let anchor: Anchor?
    private let commonName: NameKey
    private let accountName: NameKey

    init(_ subject: Subject) {
        anchor = subject.record.anchor
        commonName = NameKey(anchor == nil ? subject.names.commonName : "")
        accountName = NameKey(anchor == nil ? subject.names.accountName : "")
    }

    static func < (left: SortKey, right: SortKey) -> Bool {
        switch (left.anchor, right.anchor) {
        case (let left?, let right?): left < right
        case (_?, nil): true
        case (nil, _?): false
        case (nil, nil): (left.commonName, left.accountName) < (right.commonName, right.accountName)
        }
    }
}
