import Directory
import DistinguishedNames

extension PlanBuilder {
    /// Names stay as long as the account exists, grants until they are taken back, whatever becomes of the record.
    mutating func keepAnswers(of subject: Subject) {
        guard !planner.answers.entries.isEmpty else { return }
        let anchor = subject.person.anchor
        standingAnswers += subject.names.answers.map { answer in
            // Whom an account was taken over for has it now. The answer must not reach another one, should this be
            // deleted or moved away: what remains of it is the name.
            (subject.hasAccountForGood ? answer.withoutTakeOver : answer).adopting(anchor)
        }
        standingAnswers +=
            groups.grants(to: subject.person, in: planner.answers, byName: subject.acceptsAnswersByName).entries
    }

    /// Names given to people the file does not speak of at the moment.
    mutating func keepNames(of unmatched: [DirectoryUser]) {
        let entries = planner.answers.entries.filter { $0.kind == .name && $0.accept == true }
        guard !entries.isEmpty else { return }
        let anchors = Set(unmatched.compactMap(\.stamp.anchor))
        let names = Set(
            unmatched.filter { $0.stamp.anchor == nil }.flatMap { [NameKey($0.commonName), NameKey($0.accountName)] })
        standingAnswers += entries.filter { entry in
            if let anchor = entry.anchor { return anchors.contains(anchor) }
            return names.contains(NameKey(entry.user)) || entry.newName.map { names.contains(NameKey($0)) } == true
        }.map(\.withoutTakeOver)
    }
}

extension Subject {
    /// Found without an operator having to say which one it is.
    fileprivate var hasAccountForGood: Bool {
        if case .matched(_, let adoption) = match { adoption != .answer } else { false }
    }
}

extension Resolution {
    /// The same answer, bound to the person it was used for.
    func adopting(_ anchor: Anchor?) -> Resolution {
        var copy = self
        copy.anchor = self.anchor ?? anchor
        return copy
    }

    fileprivate var withoutTakeOver: Resolution {
        var copy = self
        if copy.newName == nil, copy.takeOver != nil { copy.newName = name }
        copy.takeOver = nil
        return copy
    }
}
