import Directory
import Testing
import UserFile

@Suite("The allow-list of attributes")
struct AttributeAllowListTests {
    @Test(
        "Ordinary attributes are allowed, in any case",
        arguments: ["mail", "MAIL", "givenName", "extensionAttribute15", "msDS-cloudExtensionAttribute20"])
    func ordinary(name: String) { #expect(AttributeAllowList.standard.contains(AttributeName(name))) }

    @Test(
        "Others are not, until they are added",
        arguments: ["assistant", "proxyAddresses", "extensionAttribute16", "shoeSize"])
    func others(name: String) throws {
        let name = AttributeName(name)
        #expect(!AttributeAllowList.standard.contains(name))
        #expect(try AttributeAllowList.standard.adding([name]).contains(name))
    }

    @Test(
        "What gives power or identity can never be added",
        arguments: [
            "unicodePwd", "userPassword", "supplementalCredentials", "pwdLastSet", "ms-Mcs-AdmPwd", "msLAPS-Password",
            "msDS-ManagedPassword", "userAccountControl", "USERACCOUNTCONTROL", "accountExpires", "lockoutTime",
            "logonHours", "userWorkstations", "userParameters", "msNPAllowDialin", "msDS-SupportedEncryptionTypes",
            "servicePrincipalName", "objectSid", "sIDHistory", "altSecurityIdentities", "userCertificate",
            "msDS-KeyCredentialLink", "primaryGroupID", "member", "memberOf", "nTSecurityDescriptor", "adminCount",
            "msDS-AllowedToDelegateTo", "msDS-AllowedToActOnBehalfOfOtherIdentity", "managedBy", "gPLink", "scriptPath",
            "profilePath", "homeDirectory", "homeDrive", "msTSInitialProgram", "unixHomeDirectory", "loginShell", "uid",
            "uidNumber", "gidNumber", "msSFU30Name", "sAMAccountName", "cn", "name", "distinguishedName", "objectGUID",
            "objectClass", "objectCategory", "sAMAccountType", "adminDescription", "mS-DS-ConsistencyGuid",
        ])
    func never(name: String) {
        let error = #expect(throws: AttributeAllowListError.self) {
            try AttributeAllowList.standard.adding([AttributeName(name)])
        }
        #expect(error?.refused.map(\.name) == [AttributeName(name)])
        #expect(error?.description.contains(name) == true)
    }

    @Test(
        "Nor can a second name for one of them",
        arguments: [
            "1.2.840.113556.1.4.8", "userCertificate;binary", "", "-x", "ünicodePwd", "msDS-\u{212A}eyCredentialLink",
        ])
    func disguised(name: String) {
        #expect(throws: AttributeAllowListError.self) { try AttributeAllowList.standard.adding([AttributeName(name)]) }
    }

    @Test func everythingRefusedIsToldAtOnce() {
        let error = #expect(throws: AttributeAllowListError.self) {
            try AttributeAllowList.standard.adding(["member", "manager", "uid"])
        }
        #expect(error?.refused.map(\.name) == ["member", "uid"])
    }

    @Test func theAnchorAttributeBelongsToTheTool() throws {
        let list = AttributeAllowList.standard.reserving(anchorAttribute: "info")
        #expect(!list.contains("info"))
        #expect(list.contains("mail"))
        #expect(throws: AttributeAllowListError.self) { try list.adding(["INFO"]) }
        let reader = UserFileReader(key: nil, allowedAttributes: list)
        let file = Array(Fixture.file(Fixture.record(["info": "null"])).utf8)
        let error = #expect(throws: UserFileError.self) { try reader.read(file, named: "users.json") }
        #expect(
            error?.faults.map(\.problem) == [
                "the attribute may never come from a file: it carries the anchors here (anchor_attribute)"
            ])
    }

    @Test func noOrdinaryAttributeIsForbidden() throws {
        _ = try AttributeAllowList.standard.adding(AttributeAllowList.ordinaryAttributes)
    }

    @Test func recordsWithTheSameKeysShareTheStorageOfTheirNames() throws {
        let text = Fixture.file(
            Fixture.record(["mail": "null"]), Fixture.record(["mail": "null", "sAMAccountName": #""other""#]))
        let storage = try read(text).population.users.map { user in
            user.attributes.names.withUnsafeBufferPointer { $0.baseAddress }
        }
        #expect(storage.count == 2)
        #expect(storage[0] == storage[1])
    }
}
