import LDAP
import Testing

@Suite struct URITests {
    @Test(arguments: [
        ("ldaps://dc1.source.test", "ldaps://dc1.source.test:636"),
        ("LDAP://dc1.source.test/", "ldap://dc1.source.test:389"),
        ("ldaps://127.0.0.1:3269", "ldaps://127.0.0.1:3269"),
        ("ldaps://[::1]", "ldaps://[::1]:636"),
        ("ldaps://[fe80::1]:1", "ldaps://[fe80::1]:1"),
    ])
    func `takes a server`(text: String, full: String) throws {
        #expect(try LDAPURI(text).description == full)
    }

    @Test(arguments: [
        ("dc1.source.test", LDAPURIError.Reason.unknownScheme),
        ("https://dc1", .unknownScheme),
        ("ldapi:///var/run", .unknownScheme),
        ("ldaps://", .invalidHost),
        ("ldaps://a b", .invalidHost),
        ("ldaps://user@host", .invalidHost),
        ("ldaps://[::1", .invalidHost),
        ("ldaps://[x]", .invalidHost),
        ("ldaps://host:0", .invalidPort),
        ("ldaps://host:65536", .invalidPort),
        ("ldaps://host:", .invalidPort),
        ("ldaps://host/DC=x", .morePartsThanHostAndPort),
        ("ldaps://host?x", .morePartsThanHostAndPort),
    ])
    func `refuses everything else and says why`(text: String, reason: LDAPURIError.Reason) {
        let error = #expect(throws: LDAPURIError.self) { try LDAPURI(text) }
        #expect(error?.reason == reason)
    }
}
