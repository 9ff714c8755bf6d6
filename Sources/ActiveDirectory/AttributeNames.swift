import LDAP

extension LDAPAttributeName {
    static let accountExpires: LDAPAttributeName = "accountExpires"
    static let adminCount: LDAPAttributeName = "adminCount"
    static let commonName: LDAPAttributeName = "cn"
    static let isCriticalSystemObject: LDAPAttributeName = "isCriticalSystemObject"
    static let member: LDAPAttributeName = "member"
    static let memberOf: LDAPAttributeName = "memberOf"
    static let securityDescriptor: LDAPAttributeName = "nTSecurityDescriptor"
    static let minimumPasswordLength: LDAPAttributeName = "msDS-MinimumPasswordLength"
    static let objectClass: LDAPAttributeName = "objectClass"
    static let allowedChildClassesEffective: LDAPAttributeName = "allowedChildClassesEffective"
    static let objectGUID: LDAPAttributeName = "objectGUID"
    static let objectSID: LDAPAttributeName = "objectSid"
    static let passwordComplexityEnabled: LDAPAttributeName = "msDS-PasswordComplexityEnabled"
    static let passwordLastSet: LDAPAttributeName = "pwdLastSet"
    static let accountName: LDAPAttributeName = "sAMAccountName"
    static let accountType: LDAPAttributeName = "sAMAccountType"
    static let resultantPasswordSettings: LDAPAttributeName = "msDS-ResultantPSO"
    static let servicePrincipalName: LDAPAttributeName = "servicePrincipalName"
    static let unicodePassword: LDAPAttributeName = "unicodePwd"
    static let accountControl: LDAPAttributeName = "userAccountControl"
    static let primaryGroup: LDAPAttributeName = "primaryGroupID"
    static let principalName: LDAPAttributeName = "userPrincipalName"
}

extension LDAPControl {
    /// LDAP_SERVER_SD_FLAGS_OID with DACL_SECURITY_INFORMATION: only the access list is read or written
    /// ([MS-ADTS] 3.1.1.3.4.1.11). Without it, who is no administrator sees no descriptor at all.
    static let accessListOnly = LDAPControl(
        "1.2.840.113556.1.4.801", isCritical: true, value: [0x30, 0x03, 0x02, 0x01, 0x04])
}
