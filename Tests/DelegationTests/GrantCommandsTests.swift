import AccessControl
import Delegation
import Directory
import DistinguishedNames
import Testing

@Suite struct GrantCommandsTests {
    static let account = SecurityIdentifier(authority: 5, 21, 1, 2, 3, 1103)

    private func commands(_ findings: [DelegationFinding]) -> GrantCommands {
        GrantCommands(granting: findings, to: "svc-import@target.test", Self.account)
    }

    private func missing(_ place: DelegatedPlace, _ permission: NeededRight.Permission) -> DelegationFinding {
        DelegationFinding(place: place, right: NeededRight(permission, to: "do it"), verdict: .missing)
    }

    private func attribute(_ name: AttributeName, _ identifier: String) throws -> AttributeSchema {
        AttributeSchema(name: name, identifier: try #require(GUID(identifier)), propertySet: nil)
    }

    @Test(
        "What is granted, unknown, or missing on single users needs no command",
        arguments: [
            DelegationFinding.Verdict.granted, .unknown, .missingOnSome([], of: 3),
        ])
    func nothing(verdict: DelegationFinding.Verdict) throws {
        let place = DelegatedPlace.container(try DistinguishedName(parsing: "OU=Managed,DC=target,DC=test"))
        let finding = DelegationFinding(place: place, right: NeededRight(.createUsers, to: "create"), verdict: verdict)
        #expect(commands([finding]).sambaTool.isEmpty)
        #expect(commands([finding]).dsacls.isEmpty)
    }

    @Test("One command for each object on Samba, one for each right on Windows")
    func together() throws {
        let container = try DistinguishedName(parsing: "OU=Managed,DC=target,DC=test")
        let group = try DistinguishedName(parsing: "CN=Plant Operators,DC=target,DC=test")
        let mail = try attribute("mail", "bf967961-0de6-11d0-a285-00aa003049e2")
        let commands = commands([
            missing(.container(container), .createUsers),
            missing(.users(below: container), .read(mail)),
            missing(.users(below: container), .write(mail)),
            missing(.users(below: container), .resetPasswords),
            missing(.group(group), .writeMembers),
        ])
        let user = "bf967aba-0de6-11d0-a285-00aa003049e2"
        #expect(
            commands.sambaTool == [
                "samba-tool dsacl set --objectdn='OU=Managed,DC=target,DC=test' --sddl='"
                    + "(OA;CI;CC;\(user);;\(Self.account))"
                    + "(OA;CIIO;RPWP;bf967961-0de6-11d0-a285-00aa003049e2;\(user);\(Self.account))"
                    + "(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;\(user);\(Self.account))'",
                "samba-tool dsacl set --objectdn='CN=Plant Operators,DC=target,DC=test' --sddl='"
                    + "(OA;;RPWP;bf9679c0-0de6-11d0-a285-00aa003049e2;;\(Self.account))'",
            ])
        #expect(
            commands.dsacls == [
                "dsacls \"OU=Managed,DC=target,DC=test\" /I:T /G \"svc-import@target.test:CC;user\"",
                "dsacls \"OU=Managed,DC=target,DC=test\" /I:S /G \"svc-import@target.test:RPWP;mail;user\"",
                "dsacls \"OU=Managed,DC=target,DC=test\" /I:S /G \"svc-import@target.test:CA;Reset Password;user\"",
                "dsacls \"CN=Plant Operators,DC=target,DC=test\" /G \"svc-import@target.test:RPWP;member\"",
            ])
    }

    @Test("No name can make a shell do anything")
    func quoting() throws {
        let name = try DistinguishedName(parsing: "OU=O'Brien $(reboot),DC=target,DC=test")
        let command = try #require(commands([missing(.container(name), .createUsers)]).sambaTool.first)
        #expect(command.contains(#"--objectdn='OU=O'\''Brien $(reboot),DC=target,DC=test'"#))
    }
}
