import Directory
import DistinguishedNames

extension PlanBuilder {
    /// Names stay as long as the account exists, grants until they are taken back, whatever becomes of the record.
    mutating func keepAnswers(of subject: Subject) {
        guard !planner.answers.entries.isEmpty else { return }
        let anchor = subject.person.anchor
        standingAnswers += subject.names.decisions.answers.map { answer in
            (subject.accountForGood.map(answer.performed(with:)) ?? answer).adopting(anchor)
        }
        standingAnswers +=
            groups.grants(to: subject.person, in: planner.answers, byName: subject.acceptsAnswersByName).entries
        tellOfGrantsByName(to: subject)
    }

    /// A grant is nothing but an answer: one that counts for nobody would leave the file without a word.
    private mutating func tellOfGrantsByName(to subject: Subject) {
        guard let anchor = subject.person.anchor, !subject.acceptsAnswersByName else { return }
        for entry in planner.answers.entries(of: .grant, namingOnly: subject.person) where entry.accept == true {
            notices.append(
                .unusableAnswer(
                    nil, subject.person,
                    "the grant of \(entry.group ?? "a group") names nobody but by the name, and counts for new people only: "
                        + #"write it again with "anchor": "\#(anchor)""#))
        }
    }

    /// What was answered about somebody whose account is on its way is asked again once it is here, if it is not kept.
    mutating func keepAnswersUntilArrival(of subject: Subject) {
        standingAnswers += [ActionKind.enable, .join].flatMap { kind in
            planner.answers.entries(of: kind, for: subject.person, byName: subject.acceptsAnswersByName)
        }
    }

    /// Names given to people the file does not speak of at the moment.
    mutating func keepNames(of unmatched: [DirectoryUser]) {
        let entries = planner.answers.entries.filter { $0.kind == .name && $0.accept == true }
        guard !entries.isEmpty else { return }
        var byAnchor: [Anchor: GUID] = [:]
        var byName: [NameKey: GUID] = [:]
        for user in unmatched {
            if let anchor = user.stamp.anchor {
                byAnchor[anchor] = user.guid
            } else {
                byName[NameKey(user.commonName)] = user.guid
                byName[NameKey(user.accountName)] = user.guid
            }
        }
        for entry in entries {
            let account =
                if let anchor = entry.anchor {
                    byAnchor[anchor]
                } else {
                    byName[NameKey(entry.user)] ?? entry.newName.flatMap { byName[NameKey($0)] }
                }
            if let account { standingAnswers.append(entry.performed(with: account)) }
        }
    }
}

extension Subject {
    /// Found without an operator having to say which one it is.
    fileprivate var accountForGood: GUID? {
        if case .matched(let user, let adoption) = match, adoption != .answer { user.guid } else { nil }
    }
}

extension Resolution {
    /// The same answer, bound to the person it was used for.
    func adopting(_ anchor: Anchor?) -> Resolution {
        var copy = self
        copy.anchor = self.anchor ?? anchor
        return copy
    }

    /// Whom an account was taken over for has it now. The answer must not reach another account, should this one be
    /// deleted or moved away: so it names this one, by its GUID.
    fileprivate func performed(with account: GUID) -> Resolution {
        var copy = self
        if takeOver != nil { copy.takeOver = .account(account.description) }
        return copy
    }
}
