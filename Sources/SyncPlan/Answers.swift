import Directory
import DistinguishedNames

/// The operator's answers, indexed by whom they are about.
public struct Answers: Sendable {
    /// As they were given, in the order of the file.
    public let entries: [Resolution]
    private let byAnchor: [Anchor: [Int]]
    private let byName: [NameKey: [Int]]

    public init(_ entries: [Resolution]) {
        self.entries = entries
        var byAnchor: [Anchor: [Int]] = [:]
        var byName: [NameKey: [Int]] = [:]
        for (index, entry) in entries.enumerated() {
            if let anchor = entry.anchor {
                byAnchor[anchor, default: []].append(index)
            } else {
                byName[NameKey(entry.user), default: []].append(index)
            }
        }
        self.byAnchor = byAnchor
        self.byName = byName
    }

    /// The answered entry for `question` that counts: the latest.
    public func latest(to question: Question) -> Resolution? {
        latestAnswered(all(for: question))
    }

    /// Every entry for `question`, answered or pending.
    public func all(for question: Question) -> [Resolution] {
        if !question.people.isEmpty {
            return entries.filter {
                $0.kind == question.kind && $0.user == Resolution.everyone && $0.covers(question.people)
            }
        }
        return entries(of: question.kind, for: question.person, byName: question.acceptsAnswersByName).filter { entry in
            switch question.kind {
            case .enable, .disable: true
            case .join, .leave, .grant: question.group.map { entry.names(group: $0) } ?? false
            case .name: entry.name.map(NameKey.init) == question.name.map(NameKey.init)
            }
        }
    }

    /// Entries about `person`; those without an anchor only where `byName` allows them.
    func entries(of kind: ActionKind, for person: Person, byName allowsNames: Bool) -> [Resolution] {
        var indices = person.anchor.flatMap { byAnchor[$0] } ?? []
        if allowsNames { indices += byName[NameKey(person.commonName)] ?? [] }
        return indices.sorted().map { entries[$0] }.filter { $0.kind == kind }
    }

    /// The latest entry that is answered; of equal times, the later one in the file.
    func latestAnswered(_ candidates: [Resolution]) -> Resolution? {
        candidates.filter { $0.accept != nil }.enumerated().max { left, right in
            let leftTime = left.element.timestamp?.fileTime ?? .min
            let rightTime = right.element.timestamp?.fileTime ?? .min
            return (leftTime, left.offset) < (rightTime, right.offset)
        }?.element
    }
}

extension Resolution {
    /// Groups are named by their path below `group_path`, or by their common name alone.
    func names(group: DistinguishedName) -> Bool {
        guard let text = self.group else { return false }
        if let parsed = try? DistinguishedName(parsing: text) { return parsed == group }
        return group.leaf.map { NameKey($0.value) == NameKey(text) } ?? false
    }

    /// A decision about many counts for those it was given for, and not for one more.
    fileprivate func covers(_ people: [Person]) -> Bool {
        let anchors = Set(members.compactMap(\.anchor))
        let names = Set(members.filter { $0.anchor == nil }.map { NameKey($0.user) })
        return people.allSatisfy { person in
            person.anchor.map(anchors.contains) ?? names.contains(NameKey(person.commonName))
        }
    }
}
