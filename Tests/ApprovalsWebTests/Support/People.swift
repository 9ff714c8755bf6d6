import Approvals
import Directory
import SyncPlan

/// Those whom the tests are about.
enum People {
    static let policy = [
        "At least 12 characters.", "Three of: upper case, lower case, digits, symbols, other letters.",
        "Neither the account name nor a part of the display name.",
    ]

    static let script = "<script>alert(1)</script>"
    /// A right-to-left override, a zero-width space, a bell.
    static let bidi = "Ann\u{202E}gpj.exe\u{200B}\u{7}"
    /// Mustache's own escaping takes the quotation mark with the accent for one harmless character.
    static let quote = "\"\u{301} onfocus=alert(1) x=\"<\u{301}b>"

    static func person(_ commonName: String, _ accountName: String) -> Person {
        Person(commonName: commonName, accountName: accountName, anchor: nil)
    }

    static func action(
        _ id: String, _ kind: ActionKind, _ person: Person, group: String? = nil, name: String? = nil,
        members: [Question.Member] = [], reason: String = "a new user, created disabled",
        warnings: [String] = [], state: ApprovalAction.State = .waiting, problem: String? = nil
    ) -> ApprovalAction {
        ApprovalAction(
            id: id, kind: kind, person: person, group: group, name: name, members: members, reason: reason,
            warnings: warnings, state: state, problem: problem)
    }

    static let models = [
        ("Model User", "model", ["Operators", "Plant Admins"]), ("Other Model", "omodel", []),
    ].enumerated().compactMap { index, user in
        GUID("00000000-0000-0000-0000-00000000000\(index)").map {
            ManagedUser(id: $0, person: person(user.0, user.1), groups: user.2)
        }
    }

    /// One action of every kind and form.
    static let everyForm: [ActionDetail] = [
        ActionDetail(
            action: action("enable0001", .enable, person("PL-Jane Doe", "jdoe")),
            attributes: [
                .init(name: "sAMAccountName", inFile: ["jdoe"], here: ["jdoe"]),
                .init(name: "account", inFile: ["active"], here: ["disabled"]),
                .init(name: "accountExpires", inFile: [], here: ["2026-12-22T03:26:46Z"]),
                .init(name: "groups", inFile: ["CN=Operators", "CN=Shift Leads"], here: ["CN=Operators"]),
                .init(name: "mail", inFile: ["jane.doe@source.test"], here: ["jane.doe@source.test"]),
                .init(name: "department", inFile: ["Process Engineering"], here: ["Process Engineering"]),
            ],
            effects: [
                "Sets the password of CN=PL-Jane Doe,OU=Partners,DC=target,DC=test.",
                "Clears ACCOUNTDISABLE in userAccountControl.", "Sets pwdLastSet to 0: she chooses a new one.",
            ],
            form: .enable(.init(mayKeepPassword: false, policy: policy))),
        ActionDetail(
            action: action(
                "enable0002", .enable, person("PL-Ömer Çelik", "ocelik"),
                reason: "disabled here, active at the source",
                problem: "The server refused the password: 52D constraint violation."),
            attributes: [], effects: ["Clears ACCOUNTDISABLE in userAccountControl."],
            form: .enable(.init(mayKeepPassword: true, policy: policy))),
        ActionDetail(
            action: action(
                "join000001", .join, person("PL-Amina Berger", "aberger"), group: "CN=Plant Admins",
                reason: "the group leads to power over the domain: Plant Admins → Server Operators → Administrators"),
            attributes: [
                .init(name: "sAMAccountName", inFile: ["aberger"], here: ["aberger"]),
                .init(name: "groups", inFile: ["CN=Plant Admins"], here: []),
            ],
            effects: ["Adds CN=PL-Amina Berger to member of CN=Plant Admins,OU=Groups,DC=target,DC=test."], form: .plain
        ),
        ActionDetail(
            action: action(
                "leave00001", .leave, person("PL-Tom Ng", "tng"), group: "CN=Operators",
                reason: "leaving needs approval (require_approval)"),
            attributes: [], effects: ["Removes CN=PL-Tom Ng from member of CN=Operators."], form: .plain),
        ActionDetail(
            action: action(
                "disable001", .disable, person("PL-Lena Fischer", "lfischer"), reason: "missing from the user file"),
            attributes: [], effects: ["Sets ACCOUNTDISABLE in userAccountControl."], form: .plain),
        ActionDetail(
            action: action(
                "disable002", .disable, person("", ""),
                members: (1...34).map { Question.Member(person: person("PL-Former Worker \($0)", "former\($0)")) },
                reason: "34 of 120 active users would be deactivated, more than deactivation_limit allows at once"),
            attributes: [], effects: ["Disables 34 accounts."], form: .plain),
        ActionDetail(
            action: action(
                "name000001", .name, person("PL-John Smith", "jsmith"), name: "jsmith",
                reason: "sAMAccountName \"jsmith\" is held by CN=John Smith,OU=Staff,DC=target,DC=test"),
            attributes: [], effects: [],
            form: .name(
                .init(
                    aspect: "sAMAccountName",
                    cause: "The account name jsmith is held by CN=John Smith,OU=Staff,DC=target,DC=test.",
                    takeOver: .byTyping(reasons: [
                        "has the service principal name HTTP/intranet.target.test", "is a member of CN=Backup Team",
                    ]), takesNewName: true))),
        ActionDetail(
            action: action("name000002", .name, person("PL-Eva Lund", "elund"), name: "elund", reason: "held"),
            attributes: [], effects: [],
            form: .name(
                .init(
                    aspect: "sAMAccountName", cause: "Held by her own account, moved out of the container.",
                    takeOver: .possible(account: "elund"), takesNewName: true))),
        ActionDetail(
            action: action("name000003", .name, person("PL-Max Roth", "mroth"), name: "mroth", reason: "ambiguous"),
            attributes: [], effects: [],
            form: .name(
                .init(
                    aspect: "cn", cause: "More than one account could be meant.",
                    takeOver: .choice(["mroth", "mroth2"]),
                    takesNewName: false))),
        ActionDetail(
            action: action("name000004", .name, person("PL-Ida Holm", "iholm"), name: "PL-Ida Holm", reason: "held"),
            attributes: [], effects: [],
            form: .name(
                .init(
                    aspect: "cn", cause: "Held by a group.",
                    takeOver: .refused("CN=PL-Ida Holm is a group: it cannot be taken over."), takesNewName: true))),
        ActionDetail(
            action: action(
                "join000002", .join, person("PL-Piet Vos", "pvos"), group: "CN=Plant Admins",
                reason: "the group is in restricted_groups", state: .rejected),
            attributes: [], effects: ["Adds CN=PL-Piet Vos to member of CN=Plant Admins."], form: .plain),
        ActionDetail(
            action: action(
                "join000003", .join, person("PL-Ana Ruiz", "aruiz"), group: "CN=Shift Leads",
                reason: "the group is in restricted_groups", state: .accepted,
                problem: "insufficientAccessRights (50): the account may not write member of this group"),
            attributes: [], effects: ["Adds CN=PL-Ana Ruiz to member of CN=Shift Leads."], form: .plain),
        ActionDetail(
            action: action(
                "hostile001", .join, person(script, quote), group: "CN=\(bidi)", reason: script,
                warnings: ["the name looks like that of somebody else: \(script) (\(bidi))"]),
            attributes: [.init(name: "displayName", inFile: [script, bidi], here: [quote])], effects: [script],
            form: .plain),
    ]

    /// So many who wait to be enabled, among a few other kinds.
    static func crowd(_ number: Int) -> [ApprovalAction] {
        let first = ["Anna", "Bülent", "Chloé", "Dmitri", "Esra", "Farid", "Greta", "Hugo", "Ingrid", "João"]
        let last = ["Adler", "Brandt", "Castillo", "Demir", "Eriksen", "Fontaine", "Grabowski"]
        return (0..<number).map { index in
            let name = "PL-\(first[index % first.count]) \(last[index % last.count]) \(index)"
            let who = person(name, "user\(index)")
            return index % 4 == 3
                ? action(
                    "crowd\(index)", .join, who, group: "CN=Restricted Operators \(index % 5)",
                    reason: "the group is in restricted_groups")
                : action("crowd\(index)", .enable, who)
        }
    }

    static func passwords(_ number: Int, exported: Int = 0) -> [IssuedPassword] {
        (1...number).map { index in
            IssuedPassword(
                number: index, person: person("PL-Worker \(index)", "worker\(index)"),
                principalName: "worker\(index)@target.test", password: Secret("Secret-Word-\(index)!"),
                mustChange: index % 2 == 0, setAt: FakeDesk.time,
                exportedAt: index <= exported ? FakeDesk.time : nil)
        }
    }
}
