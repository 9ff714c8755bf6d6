import Directory
import DistinguishedNames

extension PlanBuilder {
    /// Attributes, account name, principal name, anchor and expiry of an existing account: what differs, and no more.
    mutating func planUpdate(
        _ subject: Subject, _ user: DirectoryUser, _ reference: UserReference, _ index: Int, adopted: Bool
    ) {
        var replacements = nameReplacements(subject, user, index)
        replacements += subject.record.attributes.replacements(of: user.attributes)
        if let stamp = stampReplacement(for: subject, on: user) { replacements.append(stamp) }
        var expiry: AccountExpiry?
        let isTakeOver = subject.match == .takeOver(user)
        if !subject.record.isDisabled {
            switch expiryChange(from: user.expiry, to: wantedExpiry(of: subject.record)) {
            case .none: break
            case .extend(let later): expiry = later
            case .shorten(let earlier):
                // On its own, so that an attribute the server refuses cannot keep access open.
                operations.append(
                    Operation(
                        person: subject.person, stage: isTakeOver ? .create : .withdraw, verb: .update(adopted: false),
                        change: .update(reference, UserUpdate(replacements: [], expiry: earlier))))
            }
        }
        let update = UserUpdate(replacements: replacements, expiry: expiry)
        guard !update.isEmpty else { return }
        operations.append(
            Operation(
                person: subject.person, stage: isTakeOver ? .create : .change, verb: .update(adopted: adopted),
                change: .update(reference, update)))
    }

    private func nameReplacements(_ subject: Subject, _ user: DirectoryUser, _ index: Int) -> [AttributeReplacement] {
        let conflicts = allocation.conflicts[index] ?? [:]
        guard conflicts[.accountName] == nil else { return [] }
        var replacements: [AttributeReplacement] = []
        let isParked = parkedNames[user.guid] != nil
        if !user.accountName.isIdenticalText(to: subject.names.accountName) || isParked {
            replacements.append(
                AttributeReplacement(
                    name: "sAMAccountName", old: .one(.text(user.accountName)),
                    new: .one(.text(subject.names.accountName))))
        }
        if conflicts[.principalName] == nil,
            let wanted = subject.wantedPrincipalName(in: planner.target.domain)
                ?? (isParked ? user.userPrincipalName : nil),
            isParked || !(user.userPrincipalName?.isIdenticalText(to: wanted) ?? false)
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
        var result: [AttributeReplacement] = []
        for (name, wanted) in zip(names, values) where name != "userPrincipalName" {
            let old = current[name] ?? .none
            if old != wanted { result.append(AttributeReplacement(name: name, old: old, new: wanted)) }
        }
        return result
    }
}
