public import Directory
import DistinguishedNames

extension Plan {
    /// What an operator's wish that somebody is to be in these groups, too, comes down to.
    public struct MembershipProposal: Sendable {
        /// A person's word from now on, where nobody has to approve the group; a question where somebody has to.
        public let grants: [Resolution]
        /// Memberships that are to come: the groups that nobody has to approve.
        public let given: Set<GUID>
        /// Common names of the groups that wait for an approval, those that `group_map` gives included.
        public let waiting: [String]
        /// The same of groups that somebody has said no to.
        public let rejected: [String]
    }

    /// The mapped groups of somebody: those of the account, or what `group_map` gives the record of who has none yet.
    public func groups(of dossier: Dossier) -> [(group: DirectoryGroupReference, name: String, isRestricted: Bool)] {
        let own = dossier.account?.groups ?? dossier.record.map(groups.wanted) ?? []
        return groups.inOrder(own).map { _, group in
            (group.reference, group.commonName, groups.restriction(of: group.guid) != nil)
        }
    }

    /// - Parameters:
    ///   - groups: mapped groups; others are not touched.
    ///   - answers: nothing is proposed that was asked before, or is granted.
    public func propose(
        _ groups: Set<GUID>, to dossier: Dossier, answers: Answers, at time: Timestamp
    ) -> MembershipProposal {
        let missing = groups.subtracting(dossier.account?.groups ?? [])
        let mapped = dossier.record.map(self.groups.wanted) ?? []
        var grants: [Resolution] = []
        var given: Set<GUID> = []
        var waiting: [String] = []
        var rejected: [String] = []
        for (name, group) in self.groups.inOrder(missing) {
            let isRestricted = self.groups.restriction(of: group.guid) != nil
            let kind: ActionKind = mapped.contains(group.guid) ? .join : .grant
            let known = answers.entries(of: kind, for: dossier.person, byName: dossier.person.anchor == nil)
                .filter { $0.names(group: name) }
            let isAccepted = answers.latestAnswered(known)?.accept
            if !isRestricted {
                given.insert(group.guid)
            } else if isAccepted == false {
                // A no stands until it is taken back.
                rejected.append(group.commonName)
            } else {
                waiting.append(group.commonName)
            }
            guard kind == .grant, isRestricted ? known.isEmpty : isAccepted != true else { continue }
            grants.append(.grant(of: name, to: dossier.person, accept: isRestricted ? nil : true, at: time))
        }
        return MembershipProposal(grants: grants, given: given, waiting: waiting, rejected: rejected)
    }
}

extension Plan {
    /// Whether an operation is the membership that a question about a grant is about.
    public func fulfils(_ operation: Operation, grant question: Question) -> Bool {
        guard question.kind == .grant, operation.person == question.person, let group = question.group else {
            return false
        }
        return operation.change.joinedGroup?.guid == groups.target.groups[group]?.guid
    }
}

extension Resolution {
    /// A membership on top of `group_map`: a person's word, or the question whether it shall be.
    static func grant(
        of group: DistinguishedName, to person: Person, accept: Bool?, at time: Timestamp
    ) -> Resolution {
        var entry = Resolution(
            kind: .grant, id: ActionID(kind: .grant, person: person, detail: group.description).description,
            user: person.commonName, anchor: person.anchor, accept: accept, timestamp: time, group: group.description)
        entry.accountName = person.accountName
        return entry
    }
}
