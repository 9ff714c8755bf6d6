import Directory
import DistinguishedNames

/// The operator's answers, indexed by whom they are about.
public struct Answers: Sendable {
    /// As they were given, in the order of the file.
    public let entries: [Resolution]
    private let byAnchor: [Anchor: [Int]]
    private let byName: [NameKey: [Int]]
    /// The answered decisions about several people.
    private let decisions: [Decision]

    public init(_ entries: [Resolution]) {
        self.entries = entries
        var byAnchor: [Anchor: [Int]] = [:]
        var byName: [NameKey: [Int]] = [:]
        for (index, entry) in entries.enumerated() {
            if entry.isAboutSeveral { continue }
            if let anchor = entry.anchor {
                byAnchor[anchor, default: []].append(index)
            } else {
                byName[NameKey(entry.user), default: []].append(index)
            }
        }
        self.byAnchor = byAnchor
        self.byName = byName
        decisions = entries.indices.filter { entries[$0].isAboutSeveral && entries[$0].accept != nil }
            .map { Decision(entries[$0], at: $0) }
    }

    /// The answered entry for `question` that counts: the latest.
    public func latest(to question: Question) -> Resolution? {
        latestAnswered(all(for: question))
    }

    /// Every entry for `question`, answered or pending.
    public func all(for question: Question) -> [Resolution] {
        if question.isAboutSeveral {
            // A decision about many counts for those it was given for, and not for one more.
            return decisions(about: question.kind).filter { question.members.allSatisfy($0.covers) }
                .map { entries[$0.index] }
        }
        return entries(of: question.kind, for: question.person, byName: question.acceptsAnswersByName).filter { entry in
            switch question.kind {
            case .enable, .disable: true
            case .join, .leave, .grant: question.group.map { entry.names(group: $0) } ?? false
            case .name:
                if case .nameConflict(let conflict) = question.reason {
                    entry.name.map(NameKey.init) == NameKey(conflict.name)
                        && entry.concerns(conflict.aspect, of: conflict.name, question.person)
                } else {
                    false
                }
            }
        }
    }

    /// Entries about `person`; those without an anchor only where `byName` allows them.
    func entries(of kind: ActionKind, for person: Person, byName allowsNames: Bool) -> [Resolution] {
        indices(for: person, byName: allowsNames).map { entries[$0] }.filter { $0.kind == kind }
    }

    /// Entries that have this person's name and no anchor.
    func entries(of kind: ActionKind, namingOnly person: Person) -> [Resolution] {
        byName.isEmpty ? [] : (byName[NameKey(person.commonName)] ?? []).map { entries[$0] }.filter { $0.kind == kind }
    }

    /// Whether any entry is about this person alone, or was meant to be.
    func knows(_ subject: Subject) -> Bool {
        !entries.isEmpty
            && (!indices(for: subject.person, byName: subject.acceptsAnswersByName).isEmpty
                || !entries(of: .grant, namingOnly: subject.person).isEmpty)
    }

    private func indices(for person: Person, byName allowsNames: Bool) -> [Int] {
        let known = person.anchor.flatMap { byAnchor[$0] } ?? []
        guard allowsNames, !byName.isEmpty else { return known }
        return (known + (byName[NameKey(person.commonName)] ?? [])).sorted()
    }

    private func decisions(about kind: ActionKind) -> [Decision] {
        entries.indices.filter { entries[$0].kind == kind && entries[$0].isAboutSeveral }
            .map { Decision(entries[$0], at: $0) }
    }

    /// The latest entry that is answered; of equal times, the later one in the file.
    func latestAnswered(_ candidates: [Resolution]) -> Resolution? {
        candidates.filter { $0.accept != nil }.enumerated().max { left, right in
            (left.element.moment, left.offset) < (right.element.moment, right.offset)
        }?.element
    }

    /// What an operator said about taking something from one person.
    enum Verdict {
        case individual
        /// One decision about several, by the place of its entry.
        case together(Int, accepted: Bool)
    }

    /// The latest answer about deactivating somebody, or about his leaving a group, given for him alone or for several;
    /// nil where there is none.
    func verdict(_ kind: ActionKind, on member: Question.Member, byName: Bool) -> Verdict? {
        guard !entries.isEmpty else { return nil }
        var latest: (entry: Int, verdict: Verdict)?
        for index in indices(for: member.person, byName: byName) where entries[index].kind == kind {
            guard entries[index].accept != nil, isLater(index, than: latest?.entry),
                member.group.map({ entries[index].names(group: $0) }) ?? true
            else { continue }
            latest = (index, .individual)
        }
        for decision in decisions
        where decision.kind == kind && decision.covers(member) && isLater(decision.index, than: latest?.entry) {
            latest = (decision.index, .together(decision.index, accepted: entries[decision.index].accept == true))
        }
        return latest?.verdict
    }

    private func isLater(_ index: Int, than other: Int?) -> Bool {
        other.map { (entries[$0].moment, $0) < (entries[index].moment, index) } ?? true
    }
}

/// An answered decision about several people, ready to be asked about each of them.
struct Decision: Sendable {
    let index: Int
    let kind: ActionKind
    private let members: Set<Key>

    private struct Key: Hashable {
        let anchor: Anchor?
        /// Counts where there is no anchor.
        let name: NameKey?
        let group: DistinguishedName?

        init(_ user: String, _ anchor: Anchor?, _ group: DistinguishedName?) {
            self.anchor = anchor
            name = anchor == nil ? NameKey(user) : nil
            self.group = group
        }
    }

    init(_ entry: Resolution, at index: Int) {
        self.index = index
        kind = entry.kind
        members = Set(
            entry.members.compactMap { member in
                guard let text = member.group else { return Key(member.user, member.anchor, nil) }
                return (try? DistinguishedName(parsing: text)).map { Key(member.user, member.anchor, $0) }
            })
    }

    func covers(_ member: Question.Member) -> Bool {
        members.contains(Key(member.person.commonName, member.person.anchor, member.group))
    }
}

extension Resolution {
    /// Groups are named by their path below `group_path`, or by their common name alone.
    func names(group: DistinguishedName) -> Bool {
        guard let text = self.group else { return false }
        if let parsed = try? DistinguishedName(parsing: text) { return parsed == group }
        return group.leaf.map { NameKey($0.value) == NameKey(text) } ?? false
    }

    /// One decision about several.
    public var isAboutSeveral: Bool { user == Resolution.everyone && !members.isEmpty }

    /// When it was given, for comparison.
    fileprivate var moment: Int64 { timestamp?.fileTime ?? .min }
}
