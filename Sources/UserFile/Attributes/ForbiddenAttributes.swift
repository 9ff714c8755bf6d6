import Directory

/// Attributes that no configuration can allow. They give power or identity, make a machine run something, or belong to
/// the directory or to this tool.
enum ForbiddenAttributes {
    /// Completes the sentence "it …"; nil for an attribute that may be allowed.
    static func reason(for name: AttributeName) -> String? {
        if let reason = reasons[name] { return reason }
        let key = name.description.lowercased()
        return prefixes.first { key.hasPrefix($0.prefix) }?.reason
    }

    private static let reasons: [AttributeName: String] = {
        var reasons: [AttributeName: String] = [:]
        for (reason, names) in groups {
            for name in names { reasons[name] = reason }
        }
        return reasons
    }()

    private static let isPassword = "holds or steers a password"
    private static let isControl = "decides whether and how an account may log on"
    private static let isIdentity = "makes one account pass for another"
    private static let isPower = "gives rights over something"
    private static let isExecution = "makes a machine run or load something at logon"
    private static let isUnixIdentity = "is somebody's identity on Unix machines"
    private static let isRecordKey = "is set by a key of its own, or follows from one"
    private static let isSystem = "is kept by the directory itself"
    private static let isAnchor = "can carry anchors, which only this tool writes"

    private static let groups: [(reason: String, names: [AttributeName])] = [
        (
            isPassword,
            [
                "unicodePwd", "userPassword", "dBCSPwd", "lmPwdHistory", "ntPwdHistory", "supplementalCredentials",
                "pwdLastSet", "badPwdCount", "badPasswordTime", "unixUserPassword", "initialAuthIncoming",
                "initialAuthOutgoing", "trustAuthIncoming", "trustAuthOutgoing", "currentValue", "priorValue",
                "pekList",
                "userPKCS12", "controlAccessRights",
            ]
        ),
        (
            isControl,
            [
                "userAccountControl", "msDS-User-Account-Control-Computed", "accountExpires", "lockoutTime",
                "logonHours",
                "userWorkstations", "logonWorkstation", "userParameters", "lastLogon", "lastLogonTimestamp",
                "lastLogoff",
                "logonCount", "msNPAllowDialin", "msNPCallingStationID", "msNPSavedCallingStationID",
                "msDS-SupportedEncryptionTypes", "msDS-AuthenticatedAtDC", "msDS-AssignedAuthNPolicy",
                "msDS-AssignedAuthNPolicySilo", "msDS-AuthNPolicySiloMembersBL", "msDS-PSOApplied", "msDS-ResultantPSO",
                "msDS-PrimaryComputer", "msDS-SecondaryKrbTgtNumber",
            ]
        ),
        (
            isIdentity,
            [
                "objectSid", "sIDHistory", "securityIdentifier", "mS-DS-CreatorSID", "servicePrincipalName",
                "altSecurityIdentities", "userCertificate", "userCert", "userSMIMECertificate", "cACertificate",
                "mSMQSignCertificates", "mSMQDigests", "msDRM-IdentityCertificate", "x500uniqueIdentifier",
                "accountNameHistory", "msDS-ExternalDirectoryObjectId", "msExchMasterAccountSid", "foreignIdentifier",
            ]
        ),
        (
            isPower,
            [
                "member", "memberOf", "primaryGroupID", "tokenGroups", "nTSecurityDescriptor", "adminCount",
                "managedBy",
                "managedObjects", "nonSecurityMember", "nonSecurityMemberBL", "groupMembershipSAM", "groupType",
                "msDS-GroupMSAMembership", "msDS-NonMembers", "msDS-MembersForAzRole", "msDS-RevealOnDemandGroup",
                "msDS-NeverRevealGroup", "msDS-HostServiceAccount", "msDS-ServiceAccount", "publicDelegates",
                "msExchMailboxSecurityDescriptor", "msExchDelegateListLink", "gPLink", "gPOptions", "authOrig",
                "dLMemSubmitPerms", "auditingPolicy", "isCriticalSystemObject", "showInAdvancedViewOnly",
            ]
        ),
        (
            isExecution,
            [
                "scriptPath", "profilePath", "homeDirectory", "homeDrive", "desktopProfile", "defaultClassStore",
                "userSharedFolder", "userSharedFolderOther", "unixHomeDirectory", "loginShell", "homeMDB", "homeMTA",
                "dynamicLDAPServer",
            ]
        ),
        (
            isUnixIdentity,
            [
                "uid", "uidNumber", "gidNumber", "gecos", "memberUid", "memberNisNetgroup", "sshPublicKey",
                "shadowExpire", "shadowFlag", "shadowInactive", "shadowLastChange", "shadowMax", "shadowMin",
                "shadowWarning",
            ]
        ),
        (isRecordKey, ["sAMAccountName", "cn", "name", "objectGUID", "distinguishedName"]),
        (
            isSystem,
            [
                "objectClass", "objectCategory", "structuralObjectClass", "sAMAccountType", "instanceType",
                "systemFlags",
                "objectVersion", "isDeleted", "isRecycled", "lastKnownParent", "parentGUID", "canonicalName",
                "whenCreated", "whenChanged", "createTimeStamp", "modifyTimeStamp", "uSNCreated", "uSNChanged",
                "dSCorePropagationData", "replPropertyMetaData", "replUpToDateVector", "repsFrom", "repsTo", "rid",
                "allowedAttributes", "allowedAttributesEffective", "allowedChildClasses",
                "allowedChildClassesEffective",
                "sDRightsEffective", "directReports", "operatorCount", "msDS-PrincipalName", "subSchemaSubEntry",
            ]
        ),
        (isAnchor, ["adminDescription", "mS-DS-ConsistencyGuid", "msDS-SourceAnchor"]),
    ]

    /// Families of attributes, in lowercase.
    private static let prefixes: [(prefix: String, reason: String)] = [
        ("msds-allowedto", isPower),  // delegation, resource-based delegation included
        ("msds-keycredentiallink", isIdentity),
        ("msds-managedpassword", isPassword),
        ("ms-mcs-admpwd", isPassword),  // LAPS
        ("mslaps-", isPassword),
        ("mspki", isIdentity),  // roaming credentials
        ("msts", isExecution),  // terminal services: initial program, profile, home directory
        ("msradius", isControl),
        ("msras", isControl),
        ("mssfu30", isUnixIdentity),
        ("msiis-", isExecution),
        ("tokengroups", isPower),
        ("msds-user", isControl),
        ("msds-lastsuccessful", isSystem),
        ("msds-lastfailed", isSystem),
        ("msds-failed", isSystem),
        ("msds-repl", isSystem),
    ]
}
