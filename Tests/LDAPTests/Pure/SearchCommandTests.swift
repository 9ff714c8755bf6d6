import DistinguishedNames
import Foundation
import Testing

@testable import LDAP

@Suite struct SearchCommandTests {
    private func command(
        _ request: LDAPSearchRequest,
        endpoint: String = "ldaps://dc1.source.test",
        tls: TLSSettings = TLSSettings(caFile: "secrets/ca.pem"),
        startTLS: Bool = false,
        identity: LDAPConnection.BoundIdentity? = .user("svc@source.test")
    ) throws -> String {
        let uri = try LDAPURI(endpoint)
        let configuration = LDAPConfiguration(endpoints: [uri], startTLS: startTLS, tls: tls)
        return LDAPSearchCommand(request, endpoint: uri, configuration: configuration, identity: identity).description
    }

    @Test func `says everything ldapsearch needs, except the password`() throws {
        let request = LDAPSearchRequest(
            base: .distinguishedName(try DistinguishedName(parsing: "OU=Staff,DC=source,DC=test")),
            filter: .equal("cn", "Jane"),
            attributes: ["cn", "mail"],
            controls: [.domainScope, LDAPControl("1.2.3", isCritical: false, value: [0x30, 0x03, 0x02, 0x01])]
        )
        #expect(
            try command(request) == """
                LDAPTLS_CACERT='secrets/ca.pem' ldapsearch -LLL -o ldif-wrap=no -x -D 'svc@source.test' -W \
                -H 'ldaps://dc1.source.test:636' -b 'OU=Staff,DC=source,DC=test' -s sub -E pr=1000/noprompt \
                -e '!1.2.840.113556.1.4.1339' -e '1.2.3=::MAMCAQ==' '(cn=Jane)' 'cn' 'mail'
                """
        )
    }

    @Test func `a base search is not paged, StartTLS is asked for, an anonymous one has no user`() throws {
        let request = LDAPSearchRequest(base: .rootDSE, scope: .base)
        #expect(
            try command(
                request,
                endpoint: "ldap://h",
                tls: TLSSettings(verify: false),
                startTLS: true,
                identity: nil
            ) == """
                LDAPTLS_REQCERT=never ldapsearch -LLL -o ldif-wrap=no -x -H 'ldap://h:389' -ZZ -b '' -s base \
                '(objectClass=*)'
                """
        )
    }

    @Test(arguments: [("ldap://dc1", "-N"), ("ldaps://dc1", "-N -O maxssf=0")])
    func `with Kerberos it takes the ticket of whoever pastes it`(endpoint: String, options: String) throws {
        let request = LDAPSearchRequest(base: .rootDSE, scope: .base)
        let command = try command(request, endpoint: endpoint, tls: TLSSettings(), identity: .kerberos)
        #expect(command.hasPrefix("ldapsearch -LLL -o ldif-wrap=no -Y GSSAPI -Q \(options) -H '\(endpoint):"))
    }

    @Test(arguments: [
        "plain", "it's", "$(touch /tmp/x)", "`id`", "a\"b", #"back\slash"#, "semi;colon && x", "Müller ☃", "-rf", "",
        "'\\''", "new\nline", "tab\tand\u{7F}",
    ])
    func `bash takes any quoted name for that name`(name: String) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", "printf %s \(LDAPSearchCommand.quote(name))"]
        process.standardOutput = output
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(String(decoding: printed, as: UTF8.self) == name)
    }

    @Test func `the command stays on one line`() throws {
        let request = LDAPSearchRequest(base: .rootDSE, filter: .equal("cn", "a\nb"))
        #expect(try !command(request, identity: .user("x\u{1B}[2J\n")).utf8.contains { $0 < 0x20 })
    }
}
