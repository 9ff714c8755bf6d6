import Directory
import DistinguishedNames
public import SyncPlan

/// What an undo leaves as it is, what it opens again, and what comes after it; beside the summary of the run.
public struct UndoReport: Sendable, Encodable, Equatable {
    /// A field, or a whole account, that is not taken back.
    public struct LeftAlone: Sendable, Encodable, Equatable {
        public let user: String
        public let accountName: String
        /// Nil: the whole account.
        public let field: String?
        /// What the run left.
        public let then: [String]?
        /// What was there before the run.
        public let before: [String]?
        public let now: [String]?
        public let reason: String
        /// The run of ours that changed it since.
        public let changedBy: String?

        enum CodingKeys: String, CodingKey {
            case user, field, then, before, now, reason
            case accountName = "sAMAccountName"
            case changedBy = "changed_by"
        }
    }

    /// Something about a person, in a sentence.
    public struct Remark: Sendable, Encodable, Equatable {
        public let user: String
        public let accountName: String
        public let what: String

        enum CodingKeys: String, CodingKey {
            case user, what
            case accountName = "sAMAccountName"
        }
    }

    /// The id of the run that is taken back.
    public let run: String
    public let command: String
    public let leftAlone: [LeftAlone]
    /// What nobody can take back.
    public let remains: [Remark]
    /// Who gets access back by it.
    public let opens: [Remark]
    /// Who loses it, by an expiry that has passed.
    public let closes: [Remark]
    /// What the next import makes of it, and what to do about that.
    public let afterwards: [String]

    /// Before anything is done.
    ///
    /// - Parameter command: of the run that is taken back.
    public init(_ plan: UndoPlan, command: String, afterwards: [String]) {
        self.init(plan, command: command, afterwards: afterwards, leftAlone: plan.leftAlone.map(LeftAlone.init)) { _ in
            true
        } _: { _ in
            true
        }
    }

    /// Once it is done: what the server did not confirm opens nothing, and what was not sent is left alone.
    public init(_ plan: UndoPlan, command: String, afterwards: [String], outcomes: [Outcome]) {
        self.init(
            plan, command: command, afterwards: afterwards,
            leftAlone: plan.leftAlone.map(LeftAlone.init) + outcomes.compactMap(LeftAlone.init)
        ) { opening in
            outcomes.contains { $0.isDone && $0.operation.opens(opening) }
        } _: { lapse in
            outcomes.contains { $0.isDone && $0.operation.person == lapse.person && $0.operation.setsExpiry }
        }
    }

    private init(
        _ plan: UndoPlan, command: String, afterwards: [String], leftAlone: [LeftAlone],
        _ isOpened: (Opening) -> Bool, _ isLapsed: (Lapse) -> Bool
    ) {
        run = plan.run
        self.command = command
        self.afterwards = afterwards
        self.leftAlone = leftAlone
        remains = plan.remainders.map { Remark($0.person, $0.trace.rawValue) }
        opens = plan.openings.filter(isOpened).map { Remark($0.person, $0.kind.sentence) }
        closes = plan.lapses.filter(isLapsed).map {
            Remark($0.person, "cannot sign in any more: the expiry of before the run, \($0.expiry.text), has passed")
        }
    }

    enum CodingKeys: String, CodingKey {
        case run, command, remains, opens, closes, afterwards
        case leftAlone = "left_alone"
    }
}

extension UndoReport.Remark {
    fileprivate init(_ person: Person, _ what: String) {
        self.init(user: person.commonName, accountName: person.accountName, what: what)
    }
}

extension UndoReport.LeftAlone {
    fileprivate init(_ left: LeftAlone) {
        user = left.person.commonName
        accountName = left.person.accountName
        field = left.field.map { $0.name(of: left.group) }
        then = left.then.map { $0.shown(as: left.field) }
        before = left.before.map { $0.shown(as: left.field) }
        now = left.now.map { $0.shown(as: left.field) }
        reason = left.reason.sentence
        changedBy = left.reason.culprit
    }
}

extension UndoReport.LeftAlone {
    /// Nil for what was sent.
    fileprivate init?(_ outcome: Outcome) {
        guard case .skipped(let reason) = outcome.result else { return nil }
        let person = outcome.operation.person
        self.init(
            user: person.commonName, accountName: person.accountName, field: outcome.operation.verb.name, then: nil,
            before: nil, now: nil, reason: reason, changedBy: nil)
    }
}

extension Operation {
    fileprivate func opens(_ opening: Opening) -> Bool {
        guard person == opening.person else { return false }
        switch (opening.kind, verb) {
        case (.enabled, .enable), (.movedIn, .takeOver), (.movedOut, .giveBack): return true
        case (.expiry, .update): return setsExpiry
        case (.restrictedGroup(let group), .join(let joined)), (.privilegedGroup(let group, _), .join(let joined)):
            return NameKey(group) == NameKey(joined)
        default: return false
        }
    }
}

extension Operation {
    fileprivate var setsExpiry: Bool {
        if case .update(_, let update) = change { update.expiry != nil } else { false }
    }
}

extension LeftAlone.Reason {
    fileprivate var culprit: String? {
        switch self {
        case .changedSince(let run): run
        case .createdAnew(let run): run
        case .nameTaken, .nameCreated, .protected, .gone, .movedAway, .placeGone, .placeClosed, .placeOfSystem,
            .notTakenOver, .stampedByAnother, .anchorOfAnother, .unfitName, .groupNotMapped,
            .staysManaged, .wouldOpen:
            nil
        }
    }

    fileprivate var sentence: String {
        switch self {
        case .changedSince(let run?): "changed since by the run \(run): undo that one first"
        case .changedSince(nil): "changed since by somebody else"
        case .nameCreated(let holder):
            "\(holder), which the run created, has that name: rename or delete it, and undo the run again"
        case .nameTaken(let holder): "\(holder) has that name now"
        case .protected(let protection): "the account is protected: \(protection.rawValue)"
        case .gone: "the account is not there any more"
        case .createdAnew(let run): "the account is gone, and the run \(run) created another: undo that one first"
        case .movedAway(let place): "the account stands outside the managed container: \(place)"
        case .placeGone(let place): "\(place), where the account came from, is not there any more"
        case .placeClosed(let place): "this account may not create users in \(place), where the account came from"
        case .placeOfSystem(let place): "\(place) is the domain's own: no account is moved there"
        case .notTakenOver(let entanglements):
            "not taken over again: it " + entanglements.map(\.explanation).joined(separator: " and ")
        case .stampedByAnother:
            "not taken over again: its anchor attribute holds somebody else's text, or the anchor of another"
        case .anchorOfAnother: "the journal gives it an anchor that is another's"
        case .unfitName(let problem): "no import would write the name of before: \(problem)"
        case .groupNotMapped: "the group is not on the right side of group_map any more"
        case .staysManaged: "what stays in the managed container keeps its anchor and its expiry"
        case .wouldOpen(let field): "stays disabled, since its \(field.name(of: nil)) is not what it was before"
        }
    }
}

extension Opening.Kind {
    fileprivate var sentence: String {
        switch self {
        case .enabled(let entanglements):
            "enabled again, with the password the account has"
                + entanglements.map { "; it \($0.explanation)" }.joined()
        case .expiry(let expiry): "can sign in again: its expiry has passed, and becomes \(expiry.text)"
        case .movedIn(let place): "moved into \(place), where it is managed"
        case .movedOut(let place): "moved to \(place), out of the managed container"
        case .restrictedGroup(let group): "back into \(group), which is restricted"
        case .privilegedGroup(let group, let chain):
            "back into \(group), which leads to power over the domain: " + chain.joined(separator: " → ")
        }
    }
}

extension AccountField {
    fileprivate func name(of group: DirectoryGroupReference?) -> String {
        switch self {
        case .commonName: "cn"
        case .place: "container"
        case .attribute(let name): name.description
        case .expiry: "accountExpires"
        case .isEnabled: "account"
        case .needsNoPassword: "PASSWD_NOTREQD"
        case .membership(let guid): "membership in \(group?.name.leaf?.value ?? guid.description)"
        }
    }
}

extension FieldValue {
    fileprivate func shown(as field: AccountField?) -> [String] {
        switch self {
        case .values(let values): values.all.map(\.shown)
        case .expiry(let expiry): [expiry.text]
        case .place(let place): [place.description]
        case .flag(let isSet):
            switch field {
            case .isEnabled?: [isSet ? "enabled" : "disabled"]
            case .membership?: [isSet ? "member" : "no member"]
            default: [isSet ? "set" : "not set"]
            }
        }
    }
}
