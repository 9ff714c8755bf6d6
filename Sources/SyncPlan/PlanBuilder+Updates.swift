import Directory
import DistinguishedNames

extension PlanBuilder {
    /// Attributes, account name, principal name, anchor and expiry of an existing account: what differs, and no more.
    mutating func planUpdate(
        _ subject: Subject, _ user: DirectoryUser, _ reference: UserReference, _ index: Int,
        _ adoption: Subject.Adoption?
    ) {
        let names = nameReplacements(subject, user, index)
        if !names.isEmpty {
            // On their own: an attribute the server refuses must leave nobody with an old or a passing name, which others
            // may be waiting for.
            operations.append(
                Operation(
                    person: subject.person, stage: subject.isTakeOver ? .create : .change,
                    verb: .update(adopted: false), change: .update(reference, UserUpdate(replacements: names))))
        }
        var replacements = subject.record.attributes.replacements(of: user.attributes)
        let stamp = stampReplacement(for: subject, on: user)
        if let stamp {
            replacements.append(stamp)
            if let adoption { notices.append(.adopted(subject.person, by: adoption.rawValue)) }
        }
        let update = UserUpdate(replacements: replacements, expiry: planExpiry(subject, user, reference))
        guard !update.isEmpty else { return }
        operations.append(
            Operation(
                person: subject.person, stage: subject.isTakeOver ? .create : .change,
                verb: .update(adopted: adoption != nil && stamp != nil), change: .update(reference, update)))
    }

    private func nameReplacements(_ subject: Subject, _ user: DirectoryUser, _ index: Int) -> [AttributeReplacement] {
        let conflicts = allocation.conflicts[index] ?? [:]
        var replacements: [AttributeReplacement] = []
        if conflicts[.accountName] == nil, !user.accountName.isIdenticalText(to: subject.names.accountName) {
            replacements.append(
                AttributeReplacement(
                    name: "sAMAccountName", old: .one(.text(user.accountName)),
                    new: .one(.text(subject.names.accountName))))
        }
        // A principal name made from the account name waits with it.
        let isFree =
            conflicts[.principalName] == nil
            && (conflicts[.accountName] == nil || subject.names.mappedPrincipalName != nil)
        if isFree, let wanted = subject.wantedPrincipalName(of: user, in: planner.target.domain),
            !(user.userPrincipalName?.isIdenticalText(to: wanted) ?? false)
        {
            replacements.append(
                AttributeReplacement(
                    name: "userPrincipalName", old: AttributeValues(user.userPrincipalName.map { [.text($0)] } ?? []),
                    new: .one(.text(wanted))))
        }
        return replacements
    }

    /// The anchor, where it is on, known, and not there yet. Somebody else's text is never overwritten.
    mutating func stampReplacement(for subject: Subject, on user: DirectoryUser?) -> AttributeReplacement? {
        guard let attribute = planner.policy.anchorAttribute, let anchor = subject.record.anchor else { return nil }
        switch user?.stamp ?? .none {
        case .anchor(let stamped) where stamped == anchor: return nil
        case .foreign(let text):
            failures.append(
                RecordFailure(
                    person: subject.person, position: subject.record.position, field: attribute,
                    reason: "the account cannot be stamped with its anchor: the attribute holds \"\(text)\"; "
                        + "clear it, or choose another anchor_attribute"))
            return nil
        case .none, .anchor:
            return AttributeReplacement(name: attribute, old: .none, new: .one(.text(anchor.description)))
        }
    }
}

extension AttributeRow {
    /// What turns `current` into this, for every attribute this row speaks of.
    func replacements(of current: AttributeRow) -> [AttributeReplacement] {
        // The usual case, without a look at the single values: both sides name the attributes in the same order.
        guard !isBeginning(of: current) else { return [] }
        var result: [AttributeReplacement] = []
        for (name, wanted) in zip(names, values) {
            let old = current[name] ?? .none
            if old != wanted, name != .userPrincipalName {
                result.append(AttributeReplacement(name: name, old: old, new: wanted))
            }
        }
        return result
    }
}
