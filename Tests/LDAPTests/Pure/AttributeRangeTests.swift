import Testing

@testable import LDAP

@Suite struct AttributeRangeTests {
    @Test(arguments: [
        ("member;range=0-1499", AttributeRange(attribute: "member", lower: 0, upper: 1499)),
        ("member;Range=1500-*", AttributeRange(attribute: "member", lower: 1500, upper: nil)),
        ("x;lang-de;range=0-0", AttributeRange(attribute: "x;lang-de", lower: 0, upper: 0)),
        ("member", nil),
        ("userCertificate;binary", nil),
        ("member;range=", nil),
        ("member;range=a-b", nil),
        ("member;range=5-4", nil),
        ("member;range=-1-4", nil),
        ("member;range=0-1-2", nil),
    ])
    func `reads the range option`(name: String, range: AttributeRange?) {
        #expect(AttributeRange(LDAPAttributeName(trusted: name)) == range)
    }

    @Test func `the next slice begins after the last value, whatever was asked for`() {
        let slice = AttributeRange(attribute: "member", lower: 0, upper: 1499)
        #expect(slice.next(step: nil)?.name.description == "member;range=1500-*")
        #expect(slice.next(step: 5000)?.name.description == "member;range=1500-6499")
        #expect(AttributeRange(attribute: "member", lower: 0, upper: nil).next(step: nil) == nil)
    }
}
