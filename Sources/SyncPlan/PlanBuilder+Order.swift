import Directory
import DistinguishedNames

extension PlanBuilder {
    /// Everybody for whom there may be something to do, in an order that does not depend on that of the file, and names given
    /// up before they are taken.
    func order() -> [NameWalk.Step] {
        let ordered = open.map { (key: SortKey(subjects[$0].record, subjects[$0].names), index: $0) }
            .sorted { $0.key < $1.key }
        let byPerson = ordered.map(\.index)
        let predecessors = allocation.predecessors
        guard !predecessors.isEmpty else { return byPerson.map(NameWalk.Step.person) }
        let ranks = Dictionary(uniqueKeysWithValues: byPerson.enumerated().map { ($1, $0) })
        var walk = NameWalk(
            steps: byPerson.filter { predecessors[$0] == nil }.map(NameWalk.Step.person),
            predecessors: predecessors.mapValues { indices in indices.sorted { (ranks[$0] ?? 0) < (ranks[$1] ?? 0) } })
        for index in byPerson where predecessors[index] != nil { walk.visit(index) }
        return walk.steps
    }

    /// Two who exchange names cannot both go first: one steps aside, with those of his names that others wait for.
    mutating func park(_ index: Int) {
        let subject = subjects[index]
        guard let user = subject.user else { return }
        let passing = allocation.released(by: index)
        let mark = PassingName(of: user)
        let reference = UserReference(guid: user.guid, name: user.name)
        if passing.contains(.commonName), let leaf = mark.leaf, let parent = user.name.parent {
            parkedNames[user.guid] = parent.appending(leaf)
            operations.append(
                Operation(
                    person: subject.person, stage: .change, verb: .park, change: .rename(reference, to: leaf)))
        }
        let replacements = mark.replacements(of: passing, in: planner.target.domain)
        guard !replacements.isEmpty else { return }
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

    init(_ record: SourceUser, _ names: WantedNames) {
        anchor = record.anchor
        commonName = NameKey(anchor == nil ? names.commonName : "")
        accountName = NameKey(anchor == nil ? names.accountName : "")
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
