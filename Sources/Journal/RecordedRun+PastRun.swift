import Directory
import DistinguishedNames
public import SyncPlan

/// Why a journal does not tell in full what its run did: a sentence for the operator.
public struct DamagedJournal: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

extension RecordedRun {
    /// What the run did, or may have done, for the planner of an undo.
    ///
    /// - Throws: ``DamagedJournal`` where a line is missing or says what no run can have done: half an account of a run is
    ///   none to go by.
    public func pastRun() throws(DamagedJournal) -> PastRun {
        try refuseDamage()
        var past: [PastStep] = []
        for step in steps {
            guard let certainty = step.certainty else { continue }
            past.append(try PastStep(step.intention, certainty))
        }
        return PastRun(id: id, steps: past)
    }

    private func refuseDamage() throws(DamagedJournal) {
        guard header != nil else { throw DamagedJournal("its first line, which says what run it was, is missing") }
        // The last line of a run that was killed may be cut off. Before an intention is whole, nothing of it is sent.
        let damaged = end == nil && isTorn ? unreadable.dropLast() : unreadable[...]
        if let line = damaged.first {
            throw DamagedJournal("its line \(line.line) cannot be read")
        }
        for (place, step) in steps.enumerated() where step.intention.number != place + 1 {
            throw DamagedJournal("operation \(place + 1) is missing")
        }
        guard let end else { return }
        let answered = steps.count { $0.answer != nil }
        let counted = end.operations
        guard counted.done.values.reduce(0, +) + counted.failed + counted.skipped == answered,
            answered + counted.unanswered == steps.count
        else { throw DamagedJournal("its last line counts other operations than the lines above") }
    }
}

extension RecordedRun.Step {
    /// Nil for what did not happen: refused, or never sent.
    fileprivate var certainty: PastStep.Certainty? {
        switch answer?.result {
        case .done?: .confirmed
        case .failed?: answer?.kind == DirectoryFailure.Kind.unanswered.rawValue ? .open : nil
        case .skipped?: nil
        case nil: .open
        }
    }
}

extension PastStep {
    fileprivate init(
        _ intention: RecordedIntention, _ certainty: Certainty
    ) throws(DamagedJournal) {
        let number = intention.number
        guard let name = try? DistinguishedName(parsing: intention.account.name) else {
            throw DamagedJournal("operation \(number): \"\(intention.account.name)\" is no distinguished name")
        }
        let guid = intention.account.guid.flatMap { GUID($0) }
        guard (guid == nil) == (intention.account.guid == nil) else {
            throw DamagedJournal("operation \(number): the GUID of the account cannot be read")
        }
        let person = Person(
            commonName: intention.person.commonName, accountName: intention.person.accountName,
            anchor: intention.person.anchor.flatMap(Anchor.init(stamp:)))
        let isCreation = intention.verb == .create
        var changes: [FieldChange] = []
        if !isCreation {
            for change in intention.changes ?? [] {
                guard let fields = change.fieldChanges else {
                    throw DamagedJournal("operation \(number): the values of \(change.attribute) have no meaning")
                }
                changes += fields
            }
            if let membership = try intention.membership { changes.append(membership) }
        }
        self.init(
            person: person, account: UserReference(guid: guid, name: name), certainty: certainty,
            isCreation: isCreation, changes: changes, traces: intention.traces(changes))
    }
}

extension RecordedIntention {
    fileprivate var membership: FieldChange? {
        get throws(DamagedJournal) {
            guard verb == .join || verb == .leave else { return nil }
            guard let group, let guid = group.guid.flatMap({ GUID($0) }),
                let name = try? DistinguishedName(parsing: group.name)
            else { throw DamagedJournal("operation \(number): the group is missing") }
            return FieldChange(of: DirectoryGroupReference(guid: guid, name: name), isJoin: verb == .join)
        }
    }

    fileprivate func traces(_ changes: [FieldChange]) -> [UndoTrace] {
        var traces: [UndoTrace] = []
        if password?.word == .set { traces.append(.password) }
        if password?.mustChange == true { traces.append(.mustChangePassword) }
        if password?.cannotChange == true { traces.append(.cannotChangePassword) }
        if changes.contains(where: { $0.field == .needsNoPassword }) { traces.append(.passwordNotRequired) }
        return traces
    }
}

extension AttributeChange {
    /// Nil where the values are none that a run writes.
    fileprivate var fieldChanges: [FieldChange]? {
        switch attribute {
        case "distinguishedName":
            guard let old = name(before), let new = name(after), let oldLeaf = old.leaf, let newLeaf = new.leaf,
                let oldPlace = old.parent, let newPlace = new.parent
            else { return nil }
            return [
                FieldChange(.commonName, from: .text(oldLeaf.value), to: .text(newLeaf.value)),
                FieldChange(.place, from: .place(oldPlace), to: .place(newPlace)),
            ].filter { $0.before != $0.after }
        case "accountExpires":
            guard let old = expiry(before), let new = expiry(after) else { return nil }
            return [FieldChange(.expiry, from: .expiry(old), to: .expiry(new))]
        case "userAccountControl":
            guard let old = control(before), let new = control(after) else { return nil }
            return [
                FieldChange(
                    .isEnabled, from: .flag(!old.contains(.disabled)), to: .flag(!new.contains(.disabled))),
                FieldChange(
                    .needsNoPassword, from: .flag(old.contains(.passwordNotRequired)),
                    to: .flag(new.contains(.passwordNotRequired))),
            ].filter { $0.before != $0.after }
        default:
            return [
                FieldChange(
                    .attribute(AttributeName(attribute)), from: .values(AttributeValues(before.map(\.value))),
                    to: .values(AttributeValues(after.map(\.value))))
            ]
        }
    }

    private func text(_ values: [RecordedValue]) -> String? { values.count == 1 ? values[0].value.text : nil }

    private func name(_ values: [RecordedValue]) -> DistinguishedName? {
        text(values).flatMap { try? DistinguishedName(parsing: $0) }
    }

    private func expiry(_ values: [RecordedValue]) -> AccountExpiry? {
        text(values).flatMap(AccountExpiry.init(journalText:))
    }

    private func control(_ values: [RecordedValue]) -> UserAccountControl? {
        text(values).flatMap { UserAccountControl($0) }
    }
}
