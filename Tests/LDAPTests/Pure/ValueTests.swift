import LDAP
import Testing

@Suite struct ValueTests {
    @Test func `composed and decomposed letters are different values, as they are in a directory`() {
        #expect(LDAPValue("Mu\u{308}ller") != LDAPValue("M\u{FC}ller"))
    }

    @Test func `the same octets are the same value, given as text or as octets`() {
        #expect(LDAPValue("Müller") == LDAPValue(Array("Müller".utf8)))
        #expect(LDAPValue("Müller").hashValue == LDAPValue(Array("Müller".utf8)).hashValue)
    }

    @Test func `octets that are no UTF-8 have no text`() {
        #expect(LDAPValue([0xC3, 0x28]).string == nil)
        #expect(LDAPValue([0xC3, 0x28]).bytes == [0xC3, 0x28])
        #expect(LDAPValue([0x41]).string == "A")
    }

    @Test func `neither values nor passwords describe their contents`() {
        let password = LDAPPassword("hunter2")
        for text in ["\(password)", String(reflecting: password), "\(LDAPValue("hunter2"))"] {
            #expect(!text.contains("hunter2"))
        }
        var dump = ""
        Swift.dump(LDAPCredentials.simple(user: "u", password: password), to: &dump)
        #expect(!dump.contains("hunter2"))
    }

    @Test func `an entry finds attributes whatever the case, and has no values for others`() {
        let entry = LDAPEntry(rawDN: "CN=x", attributes: [LDAPAttribute("sAMAccountName", "jdoe")])
        #expect(entry["samaccountname"] == ["jdoe"])
        #expect(entry["mail"].isEmpty)
    }

    @Test func `objects are named by the octets of their GUID or SID`() {
        #expect(LDAPObjectName.guid([0x0A, 0xFF]).description == "<GUID=0aff>")
        #expect(LDAPObjectName.sid([1, 0]).description == "<SID=0100>")
    }
}
