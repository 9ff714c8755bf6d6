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
        let keys = subjects.indices.map { SortKey(subjects[$0].record, subjects[$0].names) }
        let byPerson = subjects.indices.sorted { keys[$0] < keys[$1] }
        let predecessors = allocation.predecessors
        guard !predecessors.isEmpty else { return byPerson.map(Step.person) }
        var walk = Walk(
            steps: byPerson.filter { predecessors[$0] == nil }.map(Step.person),
            predecessors: predecessors.mapValues { indices in indices.sorted { keys[$0] < keys[$1] } })
        for index in byPerson where predecessors[index] != nil { walk.visit(index) }
        return walk.steps
    }

    /// Depth first, each after all it waits for. With a stack of its own: a chain of names may be as long as the file.
    private struct Walk {
        var steps: [Step]
        let predecessors: [Int: [Int]]
        private var isOpen: [Int: Bool] = [:]

        init(steps: [Step], predecessors: [Int: [Int]]) {
            self.steps = steps
            self.predecessors = predecessors
        }

        mutating func visit(_ start: Int) {
            guard isOpen[start] == nil else { return }
            isOpen[start] = true
            var stack = [(index: start, waitingFor: predecessors[start] ?? [])]
            var parked = Set<Int>()
            while let top = stack.last {
                guard let next = top.waitingFor.first else {
                    isOpen[top.index] = false
                    steps.append(.person(top.index))
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].waitingFor.removeFirst()
                switch isOpen[next] {
                case true?:
                    // It waits for this one, in turn.
                    if parked.insert(next).inserted { steps.append(.park(next)) }
                case false?: break
                case nil:
                    guard let waitingFor = predecessors[next] else { continue }
                    isOpen[next] = true
                    stack.append((next, waitingFor))
                }
            }
        }
    }

    /// Two who exchange names cannot both go first: one steps aside, with those of his names that others wait for.
    mutating func park(_ index: Int) {
        let subject = subjects[index]
        guard let user = subject.user else { return }
        let passing = allocation.released(by: index)
        // As much of the GUID as an account name holds.
        let mark = "~" + user.guid.description.replacing("-", with: "").prefix(NameRules.accountNameLimit - 1)
        let reference = UserReference(guid: user.guid, name: user.name)
        // A name that is a passing one already, of a run that was killed, is in nobody's way.
        let hasPassingName = user.commonName.utf8.suffix(mark.utf8.count).elementsEqual(mark.utf8)
        if passing.contains(.commonName), !hasPassingName, let parent = user.name.parent {
            let leaf = RelativeDistinguishedName.commonName(Self.shortened(user.commonName, toFit: mark) + mark)
            parkedNames[user.guid] = parent.appending(leaf)
            operations.append(
                Operation(person: subject.person, stage: .change, verb: .park, change: .rename(reference, to: leaf)))
        }
        var replacements: [AttributeReplacement] = []
        if passing.contains(.accountName), NameKey(user.accountName) != NameKey(mark) {
            replacements.append(
                AttributeReplacement(name: "sAMAccountName", old: .one(.text(user.accountName)), new: .one(.text(mark)))
            )
        }
        let passingPrincipalName = WantedNames.defaultPrincipalName(mark, in: planner.target.domain)
        if passing.contains(.principalName), let principalName = user.userPrincipalName,
            NameKey(principalName) != NameKey(passingPrincipalName)
        {
            replacements.append(
                AttributeReplacement(
                    name: "userPrincipalName", old: .one(.text(principalName)),
                    new: .one(.text(passingPrincipalName))))
        }
        guard !replacements.isEmpty else { return }
        operations.append(
            Operation(
                person: subject.person, stage: .change, verb: .park,
                change: .update(reference, UserUpdate(replacements: replacements))))
    }

    /// As many of the characters as leave room for `mark`, none of them cut in two.
    private static func shortened(_ name: String, toFit mark: String) -> String {
        var length = mark.utf16.count
        return String(
            name.prefix { character in
                length += character.utf16.count
                return length <= NameRules.commonNameLimit
            })
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
