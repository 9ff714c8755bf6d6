import AccessControl
import ActiveDirectory
import Delegation
import Directory
import SyncConfiguration

/// `check export`: everything an export needs, looked at without writing anything.
struct ExportCheck: Sendable {
    let key: KeyOptions?
    let environment: CommandEnvironment
    let loggers: RunLoggers

    func perform(_ configuration: ExportConfiguration, _ sheet: inout CheckSheet) async throws {
        _ = ConfigurationCheck.key(key, environment, configured: configuration.hmacKey, &sheet)
        let servers = ServerCheck(
            connection: configuration.connection, environment: environment, logger: loggers.main)
        let domain = try await servers.perform(&sheet)
        try sheet.begin(.files)
        if let path = configuration.exportFile { FileCheck.writable(path, key: "export_file", &sheet) }
        FileCheck.folder(configuration.stateFolder, key: "state_folder", &sheet)
        if let path = configuration.log.file { FileCheck.appendable(path, key: "log_file", &sheet) }
        guard let domain else { return }
        try await look(at: domain, configuration, &sheet)
        await domain.close()
    }

    private func look(
        at domain: ActiveDirectoryDomain, _ configuration: ExportConfiguration, _ sheet: inout CheckSheet
    ) async throws {
        try sheet.begin(.domain)
        let account = try await DomainCheck.account(domain, &sheet)
        var containers: [Container] = []
        for path in configuration.users.paths {
            if let found = try await DomainCheck.container(path, key: "user_path", domain, &sheet) {
                containers.append(found)
            }
        }
        _ = try await GroupCheck(
            key: "search_groups", base: configuration.groupPath, names: configuration.searchGroups
        ).perform(domain, &sheet)
        guard !containers.isEmpty, let account else { return }
        try sheet.begin(.delegation)
        for container in containers { try await reading(of: container, by: account, configuration, domain, &sheet) }
    }

    private func reading(
        of container: Container, by account: SignedInAccount, _ configuration: ExportConfiguration,
        _ domain: ActiveDirectoryDomain, _ sheet: inout CheckSheet
    ) async throws {
        let wanted = ExportDemands(attributes: configuration.attributes)
        let known = try await domain.schema(of: wanted.attributesOfUsers)
        let found = Set(known.map(\.name))
        for name in wanted.attributesOfUsers where !found.contains(name) {
            sheet.fault("attributes", "\(name) is no attribute of this domain's schema", .badConfiguration)
        }
        let users = try await domain.access(toUsersBelow: container.name, first: Self.usersLookedAt)
        guard !users.users.isEmpty, let access = try await domain.access(to: container.name) else {
            sheet.fault(
                "user_path",
                "no users are to be seen below \(container.name): there are none, or the account may not read "
                    + "them (grant List Contents and Read All Properties)", .notAuthorised)
            return
        }
        let examination = DelegationExamination(
            token: account.token, container: access, users: users.users, groups: [])
        let rights = wanted.rights(known)
        let findings = examination.findings(needing: rights)
        DelegationSection(
            findings: findings, excess: examination.excessOfReader()
        ).add(to: &sheet)
        if !users.areAll { sheet.note("user_path", "only the first \(Self.usersLookedAt) users were looked at") }
    }

    private static let usersLookedAt = 200
}
