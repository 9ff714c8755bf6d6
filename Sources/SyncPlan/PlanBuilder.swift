public import Directory
import DistinguishedNames

extension Matching {
    /// The plan, once it is known who holds the names that are to change hands.
    ///
    /// - Parameter part: positions of the records that the run is for; nil for all. The whole is planned either way, since
    ///   names change hands among everybody, and the plan is then of the part: nothing in it is about anybody else.
    public func plan(holders: [NameHolder], part: Set<Int>? = nil) -> Plan {
        let target = planner.target
        let register = NameRegister(
            users: target.users, holders: holders, domain: target.domain, claims: triage.claims.values.joined())
        let relations = HolderRelations(usesAnchors: planner.usesAnchors)
        let (subjects, claims) = takingOver(register, relations)
        let allocation = NameAllocation(
            subjects: subjects, claims: claims, register: register, relations: relations)
        var builder = PlanBuilder(
            planner: planner, subjects: subjects, unmatched: unmatched, triage: triage, allocation: allocation,
            holders: holders, part: part)
        for step in builder.order() {
            switch step {
            case .person(let index): builder.plan(index)
            case .park(let index): builder.park(index)
            }
        }
        for user in unmatched.sorted(by: { $0.name < $1.name }) { builder.planUnmatched(user) }
        builder.keepNames(of: unmatched)
        return builder.finish()
    }
}

/// Collects the plan, one person after the other. Its aspects are in files of their own.
struct PlanBuilder {
    let planner: Planner
    let subjects: [Subject]
    let unmatched: [DirectoryUser]
    /// The subjects that something may have to be done for, in the order of the file.
    let open: [Int]
    let allocation: NameAllocation
    /// Who holds the names that were looked up.
    let holders: [NameHolder]
    /// Positions of the records that the run is for; nil for all.
    let part: Set<Int>?
    let groups: GroupRules
    let awaited: AwaitedAccounts
    let expiry: ExpiryRules

    var operations: [Operation] = []
    var questions: [Question] = []
    var failures: [RecordFailure] = []
    var notices: [Notice] = []
    var brakes: [Brake] = []
    var standingAnswers: [Resolution] = []
    /// Deactivations that need no approval, unless they are too many.
    var deactivations: [Deactivation] = []
    /// Memberships that end without an approval, unless they are too many.
    var departures: [Departure] = []
    /// Of the people of the file who have an account, by group.
    var memberships: [GUID: Int] = [:]
    /// Enabled accounts in the container that are not managed.
    var unknownActive = 0
    /// Who is to be whose manager, of those whose manager changes.
    var wantedManagers: [Person: GUID] = [:]
    /// People whose manager is not managed here.
    var withoutManager: [Person] = []
    /// Where people stand who got a passing name.
    var parkedNames: [GUID: DistinguishedName] = [:]

    init(
        planner: Planner, subjects: [Subject], unmatched: [DirectoryUser], triage: Triage,
        allocation: NameAllocation, holders: [NameHolder], part: Set<Int>?
    ) {
        self.planner = planner
        self.subjects = subjects
        self.unmatched = unmatched
        self.allocation = allocation
        self.holders = holders
        self.part = part
        groups = triage.groups
        open = triage.open
        awaited = AwaitedAccounts(planner.target.awaited)
        expiry = ExpiryRules(planner)
        memberships = triage.memberships
    }

    mutating func plan(_ index: Int) {
        let subject = subjects[index]
        if let fault = subject.fault { failures.append(fault) }
        keepAnswers(of: subject)
        switch subject.match {
        case .ambiguous(let users):
            askWhichAccount(subject, among: users)
            if subject.record.isDisabled { withdraw(subject, from: users) }
        case .new: planNew(subject, index)
        case .matched(let user, let adoption): planExisting(subject, user, adoption, index)
        case .takeOver(let user): planExisting(subject, user, nil, index)
        }
    }

    private mutating func planNew(_ subject: Subject, _ index: Int) {
        guard subject.isWanted else { return }
        if let account = awaited.account(of: subject.person) {
            failures.append(
                RecordFailure(
                    person: subject.person, position: subject.record.position, field: nil,
                    reason: account.reasonToWait(on: planner.target.domain.server)))
            keepAnswersUntilArrival(of: subject)
            return
        }
        askForNames(subject, index)
        guard allocation.conflicts[index] == nil else { return }
        let target = planner.target
        let reference = UserReference(guid: nil, name: subject.wantedName(in: target.container))
        var attributes = subject.record.attributes.replacements(of: .empty)
        if let stamp = stampReplacement(for: subject, on: nil) { attributes.append(stamp) }
        let user = NewUser(
            name: reference.name, accountName: subject.names.accountName,
            userPrincipalName: subject.names.principalName(in: target.domain),
            expiry: expiry.wanted(by: subject.record),
            attributes: attributes)
        operations.append(
            Operation(person: subject.person, stage: .create, verb: .create, change: .create(user)))
        planGroups(subject, reference, current: [])
        questions.append(
            question(
                .enable, about: subject, reason: .newUser,
                consequence: .enable(reference, accountControl: nil, mayKeepPassword: false)))
    }

    private mutating func planExisting(
        _ subject: Subject, _ user: DirectoryUser, _ adoption: Subject.Adoption?, _ index: Int
    ) {
        if let protection = user.protection {
            notices.append(.protected(subject.person, protection))
            return
        }
        if UserAccountControl(rawValue: user.accountControl).contains(.passwordNotRequired) {
            notices.append(.needsNoPassword(subject.person))
        }
        let reference = UserReference(guid: user.guid, name: parkedNames[user.guid] ?? user.name)
        if subject.fault == nil {
            askForNames(subject, index)
            // Where it cannot be moved to, it must not be changed either.
            if subject.isTakeOver, allocation.conflicts[index]?[.commonName] != nil { return }
            planNames(subject, user, reference, index)
            planUpdate(subject, user, reference, index, adoption)
        } else {
            // What the record takes away counts, even if the rest of it cannot be used.
            _ = planExpiry(subject, user, reference)
        }
        if subject.record.isDisabled {
            planDeactivation(
                subject.person, user, reference, because: .disabledAtSource, byName: subject.acceptsAnswersByName)
        } else if user.isDisabled, subject.fault == nil {
            let wasNeverEnabled = !user.hasCurrentPassword && !planner.policy.usersMustChangePassword
            questions.append(
                question(
                    .enable, about: subject, reason: wasNeverEnabled ? .newUser : .returned,
                    consequence: .enable(
                        reference, accountControl: user.accountControl,
                        mayKeepPassword: user.hasCurrentPassword || planner.policy.usersMustChangePassword)))
        }
        planGroups(subject, reference, current: user.groups)
    }

    /// A user of the container that no record speaks of.
    mutating func planUnmatched(_ user: DirectoryUser) {
        let person = Person(user)
        if let protection = user.protection {
            notices.append(.protected(person, protection))
            return
        }
        guard !planner.source.users.isEmpty else { return }
        let reference = UserReference(guid: user.guid, name: user.name)
        let isManaged = user.stamp.anchor != nil || !planner.usesAnchors
        if !isManaged, !user.isDisabled { unknownActive += 1 }
        planDeactivation(
            person, user, reference, because: isManaged ? .missing : .unknown, byName: user.stamp.anchor == nil)
        standingAnswers += groups.grants(to: person, in: planner.answers, byName: user.stamp.anchor == nil).entries
    }

    func question(
        _ kind: ActionKind, about subject: Subject, reason: Question.Reason, group: DistinguishedName? = nil,
        name: String? = nil, consequence: Question.Consequence
    ) -> Question {
        question(
            kind, about: subject.person, subject.concern, byName: subject.acceptsAnswersByName, reason: reason,
            group: group, name: name, consequence: consequence)
    }

    func question(
        _ kind: ActionKind, about person: Person, _ concern: Concern, byName: Bool, reason: Question.Reason,
        group: DistinguishedName? = nil, name: String? = nil, consequence: Question.Consequence
    ) -> Question {
        var id = ActionID(kind: kind, person: person, detail: group?.description ?? name ?? "")
        if case .nameConflict(let conflict) = reason {
            id = ActionID(person: person, aspect: conflict.aspect, name: conflict.name)
        }
        return Question(
            id: id, kind: kind, person: person, reason: reason, group: group, name: name, members: [],
            acceptsAnswersByName: byName, consequence: consequence, concern: concern)
    }
}
