import AccessControl
import Delegation
import Directory
import DistinguishedNames
import Testing

@Suite("What a take-over needs where the account stands")
struct TakeOverTests {
    private static let service = SecurityIdentifier(authority: 5, 21, 1, 2, 3, 1103)
    private static let name = schema("name", "bf967a0e-0de6-11d0-a285-00aa003049e2", isSystemOnly: true)
    private static let cn = schema("cn", "bf96793f-0de6-11d0-a285-00aa003049e2", isSystemOnly: false)

    private static func schema(_ name: AttributeName, _ identifier: String, isSystemOnly: Bool) -> AttributeSchema {
        guard let identifier = GUID(identifier) else { preconditionFailure("\(identifier) is no GUID") }
        return AttributeSchema(name: name, identifier: identifier, propertySet: nil, isSystemOnly: isSystemOnly)
    }

    private static let deletes = AccessControlEntry(mask: .delete, trustee: service)
    private static let deletesUsers = AccessControlEntry(mask: .deleteChild, objectType: .userClass, trustee: service)
    private static let writesName = AccessControlEntry(
        mask: .writeProperty, objectType: name.identifier, trustee: service)
    private static let writesBoth = AccessControlEntry(mask: .writeProperty, trustee: service)

    /// Of delete, name and cn: `+` there, `-` missing, `?` nothing tells.
    private func verdicts(
        _ entries: [AccessControlEntry]?, writable: Set<AttributeName>? = ["cn"], parent: [AccessControlEntry]? = []
    ) throws -> String {
        let place = try DistinguishedName(parsing: "OU=Local,DC=target,DC=test")
        let container = try access("OU=Managed,DC=target,DC=test", [], nil)
        let token = try #require(AccessToken([Self.service]))
        let examination = DelegationExamination(token: token, container: container, users: [], groups: [])
        let account = try access("CN=Jane,\(place)", entries, writable)
        let findings = examination.findings(
            takingOver: account, from: try parent.map { try access("\(place)", $0, nil) }, [Self.cn, Self.name])
        #expect(findings.map(\.right.permission) == [.delete, .write(Self.name), .write(Self.cn)])
        #expect(findings.allSatisfy { $0.place == .account(account.name) })
        return findings.map { finding in
            switch finding.verdict {
            case .granted: "+"
            case .missing, .missingOnSome: "-"
            case .unknown: "?"
            }
        }.joined()
    }

    private func access(
        _ name: String, _ entries: [AccessControlEntry]?, _ writable: Set<AttributeName>?
    ) throws -> ObjectAccess {
        ObjectAccess(
            name: try DistinguishedName(parsing: name), entries: entries, writableAttributes: writable,
            creatableClasses: [], mayChangePermissions: false)
    }

    @Test("Deleting the account, or users in what it is in")
    func leaving() throws {
        #expect(try verdicts([Self.deletes, Self.writesBoth]) == "+++")
        #expect(try verdicts([Self.writesBoth]) == "-++")
        #expect(try verdicts([Self.writesBoth], parent: [Self.deletesUsers]) == "+++")
        #expect(try verdicts([Self.deletes, Self.writesBoth], parent: nil) == "+++")
        #expect(try verdicts([Self.writesBoth], parent: nil) == "?++")
    }

    @Test("Of name only the access list tells; of cn the server as well, and it has the last word")
    func renaming() throws {
        #expect(try verdicts([Self.deletes]) == "+--")
        #expect(try verdicts([Self.deletes, Self.writesName]) == "++-")
        #expect(try verdicts([Self.deletes, Self.writesBoth], writable: []) == "++-")
        #expect(try verdicts(nil) == "??+")
    }

    @Test("The commands are for this one account, and inherit nowhere")
    func commands() throws {
        let place = DelegatedPlace.account(try DistinguishedName(parsing: "CN=Jane,OU=Local,DC=target,DC=test"))
        let findings = [NeededRight.Permission.delete, .write(Self.name)].map {
            DelegationFinding(place: place, right: NeededRight($0, to: "move"), verdict: .missing)
        }
        let commands = GrantCommands(granting: findings, to: "svc-import@target.test", Self.service)
        #expect(
            commands.sambaTool == [
                "samba-tool dsacl set --objectdn='CN=Jane,OU=Local,DC=target,DC=test' --sddl='(A;;SD;;;\(Self.service))"
                    + "(OA;;RPWP;bf967a0e-0de6-11d0-a285-00aa003049e2;;\(Self.service))'"
            ])
        #expect(
            commands.dsacls
                == ["SD", "RPWP;name"].map {
                    "dsacls \"CN=Jane,OU=Local,DC=target,DC=test\" /G \"svc-import@target.test:\($0)\""
                })
    }
}
