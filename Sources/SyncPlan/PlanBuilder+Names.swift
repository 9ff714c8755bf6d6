import Directory
import DistinguishedNames

extension PlanBuilder {
    /// Puts each name that cannot be had before an operator, once.
    mutating func askForNames(_ subject: Subject, _ index: Int) {
        let domain = planner.target.domain
        for (aspect, cause) in (allocation.conflicts[index] ?? [:]).sorted(by: { $0.key < $1.key }) {
            let name = subject.names.name(aspect, in: domain)
            // A principal name made from the account name is settled with it.
            if aspect == .principalName, subject.names.mappedPrincipalName == nil,
                allocation.conflicts[index]?[.accountName] != nil
            {
                continue
            }
            ask(
                subject,
                NameConflict(
                    aspect: aspect, name: name, cause: cause, answerProblem: subject.names.decisions.problems[aspect]))
        }
    }

    mutating func askWhichAccount(_ subject: Subject, among users: [DirectoryUser]) {
        guard subject.fault == nil else { return }
        let accounts = users.map(\.accountName).sorted { $0.precedesBytewise($1) }
        ask(
            subject,
            NameConflict(
                aspect: .accountName, name: subject.names.accountName, cause: .ambiguous(accounts),
                answerProblem: subject.names.decisions.problems[.accountName]))
    }

    private mutating func ask(_ subject: Subject, _ conflict: NameConflict) {
        let question = question(
            .name, about: subject, reason: .nameConflict(conflict), name: conflict.name, consequence: .replan)
        questions.append(question)
        if let problem = conflict.answerProblem {
            notices.append(.unusableAnswer(question.id, subject.person, problem))
        }
    }

    /// Rename or move of an existing account.
    mutating func planNames(_ subject: Subject, _ user: DirectoryUser, _ reference: UserReference, _ index: Int) {
        guard allocation.conflicts[index]?[.commonName] == nil else { return }
        if case .takeOver = subject.match {
            let wanted = subject.wantedName(in: planner.target.container)
            operations.append(
                Operation(
                    person: subject.person, stage: .takeOver, verb: .takeOver(from: user.name.description),
                    change: .move(reference, to: wanted)))
        } else if !subject.isInPlace(user) {
            operations.append(
                Operation(
                    person: subject.person, stage: .change, verb: .move(from: user.name.description),
                    change: .move(reference, to: subject.wantedName(in: planner.target.container))))
        } else if !user.commonName.isIdenticalText(to: subject.names.commonName) {
            operations.append(
                Operation(
                    person: subject.person, stage: .change, verb: .rename(from: user.commonName),
                    change: .rename(reference, to: .commonName(subject.names.commonName))))
        }
    }
}
