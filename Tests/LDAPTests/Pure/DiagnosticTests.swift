import LDAP
import Testing

@Suite struct DiagnosticTests {
    private func error(_ diagnostic: String) -> LDAPError {
        LDAPError(code: .other, delivery: .answered, operation: "test", serverDiagnostic: diagnostic)
    }

    @Test(
        arguments: [
            ("00002071: samldb: Account name (sAMAccountName) 'x' already in use!", UInt32(0x2071), UInt32?.none),
            (
                "80090308: LdapErr: DSID-0C09042A, comment: AcceptSecurityContext error, data 52e, v1db1\0",
                0x8009_0308, 0x52E
            ),
            ("0000052D: Constraint violation - check_password_restrictions: the password is too short.", 0x52D, nil),
            ("Entry CN=x,DC=y already exists", nil, nil),
            ("0000052Dx: not eight digits and a colon", nil, nil),
            ("", nil, nil),
            ("data 52e", nil, nil),
        ] as [(String, UInt32?, UInt32?)]
    )
    func `reads the numbers of Active Directory's diagnostics`(text: String, code: UInt32?, data: UInt32?) {
        #expect(error(text).extendedCode == code)
        #expect(error(text).diagnosticData == data)
    }

    @Test func `a diagnostic cannot forge a second line of the log`() {
        let error = error("first\nINFO everything is fine\u{1B}[2J\0")
        #expect(error.serverDiagnostic == "first INFO everything is fine [2J")
        #expect(!error.description.contains("\n"))
    }

    @Test func `says that the fate of an unanswered request is unknown`() {
        let error = LDAPError(code: .serverDown, delivery: .unanswered, operation: "add CN=x")
        #expect(error.description.hasSuffix("its outcome is unknown"))
        #expect(error.isConnectionLost)
    }
}
