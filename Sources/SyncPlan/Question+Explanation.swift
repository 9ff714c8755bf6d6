public import Directory
import DistinguishedNames

extension Question {
    /// Why a person is asked, in a sentence or two for the operator.
    public var explanation: String {
        switch reason {
        case .newUser: "a new user, created disabled"
        case .returned: "disabled here, active at the source"
        case .deactivation(let why): why.rawValue
        case .tooManyDeactivations(let active):
            "\(members.count) of \(active) active users would be deactivated, more than deactivation_limit allows at once"
        case .restrictedGroup: "the group is in restricted_groups"
        case .privilegedGroup(let chain):
            "the group leads to power over the domain: "
                + chain.compactMap { $0.leaf?.value }.joined(separator: " → ")
        case .leavingNeedsApproval: "leaving needs approval (require_approval)"
        case .leavingIsDecided: "group_map does not give the group any more"
        case .tooManyLeaves(let departures):
            "\(departures.sentence), more than leave_limit allows at once: \(departures.byGroup)"
        case .nameConflict(let conflict): conflict.explanation
        }
    }

    /// What to write into the entry, in the words of the resolutions file.
    public var howToAnswer: String {
        switch kind {
        case .enable: "accept: true with password (or keep_password: true), or accept: false"
        case .disable, .join, .leave, .grant: "accept: true or false"
        case .name: "accept: true with new_name or take_over_account, or accept: false"
        }
    }
}

extension NameConflict {
    public var explanation: String {
        switch cause {
        case .held(let holder): "\(aspect.rawValue) \"\(name)\" is held by \(holder.explanation)"
        case .wantedByRecords(let positions):
            "\(aspect.rawValue) \"\(name)\" is wanted by more than one record of the file, also by "
                + positions.map { "record \($0)" }.joined(separator: ", ")
        case .ambiguous(let accounts):
            "more than one account or record could be meant (\(accounts.joined(separator: ", "))): "
                + "take_over_account names the right account"
        }
    }
}

extension NameConflict.Holder {
    public var explanation: String {
        let described = "\(name)" + (accountName.map { " (account name \($0))" } ?? "")
        let relation =
            switch relation {
            case .stranger: ""
            case .movedOut: ", this person's own account, moved out of the managed container"
            case .managed: ", a managed user"
            case .notAnAccount: ", which is no account of a person"
            }
        return described + relation + "; " + takeOver.explanation
    }
}

extension NameConflict.TakeOver {
    public var explanation: String {
        switch self {
        case .possible: "it can be taken over"
        case .onlyByName(let entanglements):
            "it can be taken over only by typing its account name, because it "
                + entanglements.map(\.explanation).joined(separator: " and ")
        case .refused(let reason): "it cannot be taken over: \(reason)"
        }
    }
}

extension NameHolder.Entanglement {
    public var explanation: String {
        switch self {
        case .servicePrincipalName(let name): "has the service principal name \(name)"
        case .trustedForDelegation: "is trusted for delegation"
        case .primaryGroup(let identifier): "has another primary group than Domain Users (\(identifier))"
        case .member(let group): "is a member of \(group)"
        }
    }
}

extension Departures {
    /// `28 of 65 memberships would end`
    public var sentence: String { "\(count) of \(memberships) memberships would end" }

    /// `Plant Operators 25 of 25, Plant Engineers 3 of 40`
    public var byGroup: String {
        groups.map { "\($0.group.leaf?.value ?? $0.group.description) \($0.leaving) of \($0.members)" }
            .joined(separator: ", ")
    }
}
