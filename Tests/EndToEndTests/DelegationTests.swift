import LabSupport
import Testing

extension EndToEnd {
    /// What docs/delegation.md grants is enough for every other test here, which runs with it. These show that it is not
    /// more: the same account, with other people's tools, is refused by the directory itself.
    @Suite struct Delegation {
        /// Where the attempts are made.
        struct Place: Sendable {
            let target: LabDomain
            let container: String
            let elsewhere: String

            var inside: String { "CN=Inside,\(container)" }
            var outside: String { "CN=Outside,\(elsewhere)" }
            func group(_ name: String) -> String { "CN=\(name),\(target.groupPath)" }
            func builtIn(_ name: String) -> String { "CN=\(name),CN=Builtin,\(target.base)" }
            func standard(_ name: String) -> String { "CN=\(name),CN=Users,\(target.base)" }
        }

        struct Attempt: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let change: @Sendable (Place) -> LDIFChange
            /// insufficientAccessRights, unless a rule about the value itself comes first.
            let refusals: Set<Int32>

            init(_ what: String, _ refusals: Set<Int32> = [50], _ change: @escaping @Sendable (Place) -> LDIFChange) {
                (testDescription, self.refusals, self.change) = (what, refusals, change)
            }
        }

        private func place() async throws -> Place {
            let target = try Lab.running().target
            let place = Place(
                target: target, container: "OU=Crew,\(target.userPath)", elsewhere: "OU=Elsewhere,\(target.base)")
            // No attempt changes them, so they are made once.
            let (inside, outside) = try await (target.entry(place.inside), target.entry(place.outside))
            if inside == nil || outside == nil {
                let user = { (dn: String, account: String) in
                    LDIFChange.add(
                        dn,
                        [
                            ("objectClass", ["user"]), ("sAMAccountName", [account]), ("userAccountControl", ["514"]),
                        ])
                }
                try await target.renew(place.container, with: [user(place.inside, "e2e-inside")])
                try await target.renew(place.elsewhere, with: [user(place.outside, "e2e-outside")])
            }
            return place
        }

        /// The result code; 0 for what was done.
        private func status(of change: LDIFChange, _ target: LabDomain) async throws -> Int32 {
            var modify = target.tool("ldapmodify", [], as: target.service)
            modify.input = change.octets
            return try await modify.run().status
        }

        @Test("The directory refuses", arguments: creating + onUsers + onGroups + onTheDomain)
        func refused(_ attempt: Attempt) async throws {
            let place = try await place()
            let before = try await place.target.highestCommittedUSN()
            let status = try await status(of: attempt.change(place), place.target)
            #expect(attempt.refusals.contains(status), "\(attempt.testDescription): result \(status)")
            #expect(try await place.target.highestCommittedUSN() == before)
        }

        @Test("The directory allows what an import does, so that a refusal means something")
        func allowed() async throws {
            let place = try await place()
            let dn = "CN=Allowed,\(place.container)"
            let changes: [LDIFChange] = [
                .add(
                    dn,
                    [("objectClass", ["user"]), ("sAMAccountName", ["e2e-allowed"]), ("userAccountControl", ["514"])]),
                .replace(dn, "department", "Operations"),
                .modify(dn, .replace, "unicodePwd", [password("Correct-Horse-7")]),
                .replace(dn, "userAccountControl", "512"),
                .modify(place.group("Plant Operators"), .add, "member", [dn]),
                .modify(place.group("Plant Operators"), .delete, "member", [dn]),
                .rename(dn, to: "CN=Allowed still"),
                .delete("CN=Allowed still,\(place.container)"),
            ]
            for change in changes {
                #expect(try await status(of: change, place.target) == 0)
            }
        }

        static func password(_ text: String) -> [UInt8] {
            "\"\(text)\"".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        }

        private func password(_ text: String) -> [UInt8] { Self.password(text) }
    }
}

// MARK: what is attempted

extension EndToEnd.Delegation {
    static let creating: [Attempt] = [
        Attempt("a unit in the container") {
            .add("OU=New,\($0.container)", [("objectClass", ["organizationalUnit"])])
        },
        Attempt("a group in the container") {
            .add("CN=New,\($0.container)", [("objectClass", ["group"]), ("sAMAccountName", ["e2e-new"])])
        },
        Attempt("a computer in the container") {
            .add(
                "CN=New,\($0.container)",
                [("objectClass", ["computer"]), ("sAMAccountName", ["e2e-new$"]), ("userAccountControl", ["4096"])])
        },
        Attempt("a contact in the container") { .add("CN=New,\($0.container)", [("objectClass", ["contact"])]) },
        Attempt("a folder in the container") { .add("CN=New,\($0.container)", [("objectClass", ["container"])]) },
        Attempt("a user outside") {
            .add("CN=New,\($0.elsewhere)", [("objectClass", ["user"]), ("sAMAccountName", ["e2e-new"])])
        },
        Attempt("a user among the domain's own") {
            .add("CN=New,CN=Users,\($0.target.base)", [("objectClass", ["user"]), ("sAMAccountName", ["e2e-new"])])
        },
        Attempt("a group among the mapped ones") {
            .add("CN=New,\($0.target.groupPath)", [("objectClass", ["group"]), ("sAMAccountName", ["e2e-new"])])
        },
        Attempt("a unit below the domain") {
            .add("OU=New,\($0.target.base)", [("objectClass", ["organizationalUnit"])])
        },
        Attempt("a group policy") {
            .add("CN=New,CN=Policies,CN=System,\($0.target.base)", [("objectClass", ["groupPolicyContainer"])])
        },
        Attempt("a trust", [50, 53]) {
            .add(
                "CN=evil.test,CN=System,\($0.target.base)",
                [("objectClass", ["trustedDomain"]), ("trustPartner", ["evil.test"]), ("flatName", ["EVIL"])])
        },
        Attempt("a password policy", [50, 65]) {
            .add(
                "CN=New,CN=Password Settings Container,CN=System,\($0.target.base)",
                [("objectClass", ["msDS-PasswordSettings"])])
        },
    ]

    static let onUsers: [Attempt] = [
        Attempt("trust a managed user for delegation") { .replace($0.inside, "userAccountControl", "524802") },
        Attempt("let a managed user act for others at every service") {
            .replace($0.inside, "userAccountControl", "16777730")
        },
        Attempt("let a managed user act for others at one service") {
            .modify($0.inside, .add, "msDS-AllowedToDelegateTo", ["ldap/dc.target.test"])
        },
        Attempt("make a managed user a domain controller", [50, 53, 65]) {
            .replace($0.inside, "userAccountControl", "8192")
        },
        Attempt("make Domain Admins a managed user's primary group", [50, 53]) {
            .replace($0.inside, "primaryGroupID", "512")
        },
        Attempt("give a managed user the SID of an administrator, as well", [50, 53]) { place in
            .modify(place.inside, .add, "sIDHistory", [[1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0]])
        },
        Attempt("give a managed user another SID", [19, 50, 53]) { place in
            .modify(place.inside, .replace, "objectSid", [[1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0]])
        },
        Attempt("move a managed user out") { .rename($0.inside, to: "CN=Inside", below: $0.elsewhere) },
        Attempt("move somebody else in") { .rename($0.outside, to: "CN=Outside", below: $0.container) },
        Attempt("change somebody else") { .replace($0.outside, "description", "x") },
        Attempt("set somebody else's password") {
            .modify($0.outside, .replace, "unicodePwd", [password("Correct-Horse-7")])
        },
        Attempt("enable somebody else") { .replace($0.outside, "userAccountControl", "512") },
        Attempt("stamp somebody else") { .replace($0.outside, "adminDescription", "ad-user-sync:x") },
        Attempt("rename somebody else") { .rename($0.outside, to: "CN=Other") },
        Attempt("delete somebody else") { .delete($0.outside) },
        Attempt("give itself rights over somebody else") { .replaceAccessList($0.outside) },
        Attempt("set the administrator's password") {
            .modify($0.standard("Administrator"), .replace, "unicodePwd", [password("Correct-Horse-7")])
        },
        Attempt("set the password of krbtgt") {
            .modify($0.standard("krbtgt"), .replace, "unicodePwd", [password("Correct-Horse-7")])
        },
        Attempt("change its own account") { .replace($0.target.serviceDN, "description", "x") },
        Attempt("trust itself for delegation") { .replace($0.target.serviceDN, "userAccountControl", "590336") },
        Attempt("give itself a service's name") {
            .modify($0.target.serviceDN, .add, "servicePrincipalName", ["cifs/dc.target.test"])
        },
    ]

    static let onGroups: [Attempt] =
        ["Plant Historians", "Plant Account Desk"].map { name in
            Attempt("join \(name), which is not mapped") { .modify($0.group(name), .add, "member", [$0.inside]) }
        }
        + ["Domain Admins", "Enterprise Admins", "Schema Admins", "DnsAdmins", "Group Policy Creator Owners"].map {
            name in
            Attempt("join \(name)") { .modify($0.standard(name), .add, "member", [$0.inside]) }
        }
        + ["Administrators", "Account Operators", "Server Operators", "Backup Operators", "Distributed COM Users"].map {
            name in
            Attempt("join \(name)") { .modify($0.builtIn(name), .add, "member", [$0.inside]) }
        }
        + [
            Attempt("change a mapped group's description") {
                .replace($0.group("Plant Operators"), "description", "x")
            },
            Attempt("change a mapped group's account name") {
                .replace($0.group("Plant Operators"), "sAMAccountName", "e2e-other")
            },
            Attempt("change a mapped group's scope") {
                .replace($0.group("Plant Operators"), "groupType", "-2147483640")
            },
            Attempt("change who manages a mapped group") {
                .replace($0.group("Plant Operators"), "managedBy", $0.inside)
            },
            Attempt("give itself rights over a mapped group") { .replaceAccessList($0.group("Plant Operators")) },
            Attempt("rename a mapped group") { .rename($0.group("Plant Operators"), to: "CN=Other") },
            Attempt("move a mapped group in") {
                .rename($0.group("Plant Operators"), to: "CN=Plant Operators", below: $0.container)
            },
            Attempt("delete a mapped group") { .delete($0.group("Plant Operators")) },
        ]

    static let onTheDomain: [Attempt] = [
        Attempt("describe the container") { .replace($0.container, "description", "x") },
        Attempt("link a policy to the container") { .replace($0.container, "gPLink", "[LDAP://CN=x;0]") },
        Attempt("give itself rights over the container") { .replaceAccessList($0.container) },
        Attempt("give itself rights over the unit above") { .replaceAccessList($0.target.userPath) },
        Attempt("rename the container") { .rename($0.container, to: "OU=Other") },
        Attempt("delete the container", [50, 66]) { .delete($0.container) },
        Attempt("shorten the domain's passwords") { .replace($0.target.base, "minPwdLength", "0") },
        Attempt("raise the domain's quota of computers") {
            .replace($0.target.base, "ms-DS-MachineAccountQuota", "99")
        },
        Attempt("link a policy to the domain") { .replace($0.target.base, "gPLink", "[LDAP://CN=x;0]") },
        Attempt("give itself rights over the domain") { .replaceAccessList($0.target.base) },
        Attempt("give itself rights over all protected accounts") {
            .replaceAccessList("CN=AdminSDHolder,CN=System,\($0.target.base)")
        },
        Attempt("change the schema", [50, 53]) {
            .replace("CN=User,CN=Schema,CN=Configuration,\($0.target.base)", "adminDescription", "x")
        },
        Attempt("change a site") {
            .replace("CN=Default-First-Site-Name,CN=Sites,CN=Configuration,\($0.target.base)", "description", "x")
        },
    ]
}
