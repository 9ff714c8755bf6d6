import Directory
import DistinguishedNames
import SourceRecords
import StrictJSON

extension ImportConfiguration: ConfigurationObject {
    init?(reading reader: inout ObjectReader) {
        let connection = ConnectionSettings(reading: &reader)
        let inputFile = reader.read(ImportKeys.inputFile)
        let managedUserPath = reader.read(ImportKeys.managedUserPath)
        let groupPath = reader.read(ImportKeys.groupPath)
        groupMap = reader.read(ImportKeys.groupMap(groupPath: groupPath))
        restrictedGroups = reader.read(ImportKeys.restrictedGroups(groupPath: groupPath)).withoutRepetition
        commonNamePrefix = reader.read(ImportKeys.commonNamePrefix) ?? ""
        expirationTime = reader.read(ImportKeys.expirationTime)
        passwordChange = Self.readPasswordChange(&reader)
        resolutionsFile = reader.read(ImportKeys.resolutionsFile)
        hmacKey = SharedKeys.readHMACKey(&reader)
        anchorAttribute = reader.read(ImportKeys.anchorAttribute)
        requiredApprovals = Set(reader.read(ImportKeys.requireApproval))
        sourceExpiry = reader.read(ImportKeys.sourceExpiry)
        deactivationLimit = reader.read(ImportKeys.deactivationLimit)
        leaveLimit = reader.read(ImportKeys.leaveLimit)
        deactivatedUsersKeepGroups = reader.read(ImportKeys.deactivatedUsersKeepGroups)
        lifeCycle = LifeCycleSettings(reading: &reader)
        allowedAttributes = reader.read(ImportKeys.allowedAttributes).withoutRepetition
        allowsUnsigned = reader.read(ImportKeys.allowUnsigned)
        mapping = RecordMapping(
            attributes: reader.read(ImportKeys.attributeMap),
            principalNameSuffix: reader.read(ImportKeys.principalNameSuffix),
            units: UnitMap(rules: reader.read(ImportKeys.unitMap)))
        historyDays = reader.read(ImportKeys.historyDays)
        stateFolder = SharedKeys.readStateFolder(&reader)
        log = LogSettings(reading: &reader)
        notices = NoticeSettings(reading: &reader)
        approvalPage = ApprovalPageSettings(reading: &reader)
        passwords = PasswordSettings(reading: &reader)
        _ = reader.read(SharedKeys.schema)
        Self.checkRestrictedGroups(restrictedGroups, mappedBy: groupMap, &reader)
        Self.checkDomains(managedUserPath, groupPath, &reader)
        warnings = reader.findings.warnings
        guard let connection, let inputFile, let managedUserPath, let groupPath else { return nil }
        self.connection = connection
        self.inputFile = inputFile
        self.managedUserPath = managedUserPath
        self.groupPath = groupPath
    }

    private static func readPasswordChange(_ reader: inout ObjectReader) -> PasswordChange {
        let isForbidden = reader.read(ImportKeys.usersCanNotChangePassword)
        let isRequired = reader.read(ImportKeys.usersMustChangePassword)
        if isForbidden, isRequired {
            reader.contradiction(
                at: ImportKeys.usersMustChangePassword.name,
                "contradicts \(ImportKeys.usersCanNotChangePassword.name): a user who must change the password "
                    + "but cannot is locked out; at most one of the two may be true"
            )
        }
        return isForbidden ? .forbidden : isRequired ? .requiredAtFirstLogon : .allowed
    }

    private static func checkRestrictedGroups(
        _ restricted: [DistinguishedName], mappedBy groupMap: GroupMap, _ reader: inout ObjectReader
    ) {
        let mapped = Set(groupMap.mappedGroups)
        for group in restricted where !mapped.contains(group) {
            reader.warn(
                ImportKeys.restrictedGroups(groupPath: nil).name,
                message: "\(group.description.jsonLiteral) restricts nothing: group_map does not give it to anybody"
            )
        }
    }

    private static func checkDomains(
        _ managedUserPath: DistinguishedName?, _ groupPath: DistinguishedName?, _ reader: inout ObjectReader
    ) {
        guard let users = managedUserPath?.dnsDomain, let groups = groupPath?.dnsDomain,
            users.lowercased() != groups.lowercased()
        else { return }
        reader.warn(
            ImportKeys.groupPath.name,
            message:
                "lies in the domain \(groups), \(ImportKeys.managedUserPath.name) in \(users): one server serves one domain"
        )
    }
}
