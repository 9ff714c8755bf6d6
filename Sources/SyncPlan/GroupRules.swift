import Directory
import DistinguishedNames

/// Who belongs to which mapped group, and which of them nobody joins without approval.
struct GroupRules: Sendable {
    let policy: SyncPolicy
    /// By GUID, with the name the configuration uses.
    let mapped: [GUID: (name: DistinguishedName, group: DirectoryGroup)]
    let target: TargetSnapshot
    private let forEveryone: Set<GUID>
    private let bySourceGroup: [DistinguishedName: Set<GUID>]

    init(policy: SyncPolicy, target: TargetSnapshot) {
        self.policy = policy
        self.target = target
        let names = Set(policy.mappedGroups)
        let groups = target.groups.filter { names.contains($0.key) }
        mapped = Dictionary(
            groups.sorted { $0.key < $1.key }.map { ($0.value.guid, (name: $0.key, group: $0.value)) },
            uniquingKeysWith: { first, _ in first })
        forEveryone = Set(policy.groupsForEveryone.compactMap { groups[$0]?.guid })
        bySourceGroup = policy.groupMap.mapValues { Set($0.compactMap { groups[$0]?.guid }) }
    }

    /// What `group_map` gives the record.
    func wanted(for record: SourceUser) -> Set<GUID> { wanted(by: record.groups) }

    /// The same for everybody who is in these groups of the source.
    func wanted(by groups: [DistinguishedName]) -> Set<GUID> {
        groups.reduce(into: forEveryone) { result, group in
            result.formUnion(bySourceGroup[group] ?? [])
        }
    }

    /// Why joining needs a person's word; nil when it does not.
    func restriction(of group: GUID) -> Question.Reason? {
        guard let (name, directoryGroup) = mapped[group] else { return nil }
        if policy.restrictedGroups.contains(name) { return .restrictedGroup }
        return directoryGroup.privilegedThrough.map { .privilegedGroup(through: $0) }
    }

    func inOrder(_ groups: Set<GUID>) -> [(name: DistinguishedName, group: DirectoryGroup)] {
        groups.compactMap { mapped[$0] }.sorted { $0.name < $1.name }
    }

    /// Memberships a person gave on top of `group_map`, with the entries that say so.
    func grants(to person: Person, in answers: Answers, byName: Bool) -> (groups: Set<GUID>, entries: [Resolution]) {
        guard !answers.entries.isEmpty else { return ([], []) }
        let entries = answers.entries(of: .grant, for: person, byName: byName)
        guard !entries.isEmpty else { return ([], []) }
        var groups = Set<GUID>()
        var standing: [Resolution] = []
        for (guid, mapped) in mapped {
            let about = entries.filter { $0.names(group: mapped.name) }
            guard let latest = answers.latestAnswered(about), latest.accept == true else { continue }
            groups.insert(guid)
            standing.append(latest.adopting(person.anchor))
        }
        return (groups, standing.sorted { ($0.group ?? "") < ($1.group ?? "") })
    }
}
