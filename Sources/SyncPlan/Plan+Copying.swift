public import Directory
import DistinguishedNames

extension Plan {
    /// What an operator's word that somebody is to be in these groups comes down to.
    public struct GroupCopy: Sendable {
        /// Memberships that `group_map` gives and that wait for an approval.
        public let joins: [Question]
        /// Memberships that it does not give: from now on they are a person's word.
        public let grants: [Resolution]
        /// Common names of the groups the person is not in now.
        public let missing: [String]
        let groups: Set<GUID>

        /// Whether an operation brings one of these memberships about.
        public func includes(_ operation: Operation) -> Bool {
            operation.change.joinedGroup.map { groups.contains($0.guid) } ?? false
        }
    }

    /// - Parameters:
    ///   - groups: mapped groups; others are not touched.
    ///   - question: any question about the person.
    /// - Returns: nil for a question about several people.
    public func copy(_ groups: Set<GUID>, toPersonOf question: Question, at time: Timestamp) -> GroupCopy? {
        guard let dossier = dossier(of: question) else { return nil }
        let missing = groups.subtracting(dossier.account?.groups ?? [])
        let given = dossier.record.map(self.groups.wanted) ?? []
        let names = self.groups.inOrder(missing)
        let waiting = questions.filter { other in
            other.kind == .join && !other.concern.records.isDisjoint(with: question.concern.records)
                && names.contains { $0.name == other.group }
        }
        let grants = names.filter { !given.contains($0.group.guid) }.map { name, _ in
            Resolution.grant(of: name, to: dossier.person, accept: true, at: time)
        }
        return GroupCopy(joins: waiting, grants: grants, missing: names.map(\.group.commonName), groups: missing)
    }

    /// The common names of the mapped groups among these.
    public func commonNames(of groups: Set<GUID>) -> [String] {
        self.groups.inOrder(groups).map(\.group.commonName)
    }
}
