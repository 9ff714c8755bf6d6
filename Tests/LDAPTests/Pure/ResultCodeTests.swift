import LDAP
import Testing

@Suite struct ResultCodeTests {
    @Test(arguments: [
        (LDAPResultCode.noSuchObject, "noSuchObject (32)"),
        (.entryAlreadyExists, "entryAlreadyExists (68)"),
        (.serverDown, "serverDown (-1)"),
        (LDAPResultCode(rawValue: 4711), "result code 4711"),
    ])
    func `prints the name of RFC 4511, or the bare number of an unknown code`(code: LDAPResultCode, text: String) {
        #expect(code.description == text)
    }

    @Test func `catches an error by the name of its code`() {
        func fail() throws { throw LDAPError(code: .noSuchObject, delivery: .answered, operation: "read x") }
        #expect(throws: LDAPError.self) { try fail() }
        do {
            try fail()
            Issue.record("nothing was thrown")
        } catch LDAPResultCode.busy {
            Issue.record("caught under another name")
        } catch LDAPResultCode.noSuchObject {
            // as it should be
        } catch {
            Issue.record(error)
        }
    }

    @Test func `an error of another kind has no code`() {
        #expect(!(LDAPResultCode.busy ~= CancellationError()))
    }
}
