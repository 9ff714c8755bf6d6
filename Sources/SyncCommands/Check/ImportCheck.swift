import AccessControl
import ActiveDirectory
import Approvals
import Delegation
import Directory
import DistinguishedNames
import SourceRecords
import SyncConfiguration
import SyncPlan
import UserFile

/// `check import`: everything an import needs, looked at without writing anything.
struct ImportCheck: Sendable {
    let key: KeyOptions?
    let environment: CommandEnvironment
    let loggers: RunLoggers

    func perform(_ configuration: ImportConfiguration, _ sheet: inout CheckSheet) async throws -> CheckGrants {
        let hmac = ConfigurationCheck.key(key, environment, configured: configuration.hmacKey, &sheet)
        let servers = ServerCheck(
            connection: configuration.connection, environment: environment, logger: loggers.main)
        let domain = try await servers.perform(&sheet)
        try sheet.begin(.files)
        let run = ImportRun(
            configuration: configuration, key: hmac, options: .plain(configuration, isDryRun: true),
            environment: environment, loggers: loggers)
        let files = CheckedFiles(of: run, &sheet)
        FileCheck.folder(configuration.stateFolder, key: "state_folder", &sheet)
        if let path = configuration.log.file { FileCheck.appendable(path, key: "log_file", &sheet) }
        guard let domain else { return .none }
        let result = try await look(at: domain, run, files, &sheet)
        await domain.close()
        return result
    }

    private func look(
        at domain: ActiveDirectoryDomain, _ run: ImportRun, _ files: CheckedFiles, _ sheet: inout CheckSheet
    ) async throws -> CheckGrants {
        let configuration = run.configuration
        try sheet.begin(.domain)
        let account = try await DomainCheck.account(domain, &sheet)
        let container = try await DomainCheck.container(
            configuration.managedUserPath, key: "managed_user_path", domain, &sheet)
        if let container { try await units(configuration, in: container, domain, &sheet) }
        let groups = try await groups(configuration, domain, &sheet)
        if let container { try await RefusalCheck(run: run, files: files).perform(in: container, domain, &sheet) }
        let info = try await domain.domain()
        passwords(configuration, info.passwordPolicy, &sheet)
        guard let container, let account else { return .none }
        try sheet.begin(.delegation)
        return try await delegation(
            of: account, info, container, groups, configuration, files.population?.attributesToRead, files.entries,
            domain, &sheet)
    }

    private func groups(
        _ configuration: ImportConfiguration, _ domain: ActiveDirectoryDomain, _ sheet: inout CheckSheet
    ) async throws -> [DirectoryGroup] {
        let groups = try await GroupCheck(
            key: "group_map", base: configuration.groupPath, names: configuration.groupMap.mappedGroups
        ).perform(domain, &sheet)
        for group in groups {
            guard let chain = group.privilegedThrough, let last = chain.last else { continue }
            sheet.note(
                "group_map",
                "\(group.commonName.printable) leads to power over the domain (\(last)): nobody joins it without "
                    + "an approval, whatever the configuration says")
        }
        return groups
    }

    private func units(
        _ configuration: ImportConfiguration, in container: Container, _ domain: ActiveDirectoryDomain,
        _ sheet: inout CheckSheet
    ) async throws {
        for unit in configuration.mapping.units.units where unit.leaf != nil {
            let name = unit.under(container.name)
            guard let found = try await DomainCheck.container(name, key: "ou_map", domain, &sheet), !found.takesUsers
            else { continue }
            sheet.fault(
                "ou_map",
                "no users may be created in \(name), although perhaps in \(container.name): let what is granted there "
                    + "be inherited", .notAuthorised)
        }
    }

    private func passwords(_ configuration: ImportConfiguration, _ policy: PasswordPolicy, _ sheet: inout CheckSheet) {
        let words =
            "at least \(policy.minimumLength) characters" + (policy.requiresComplexity ? ", three kinds of them" : "")
        do {
            let maker = try configuration.passwords.maker()
            var generator = SystemRandomNumberGenerator()
            _ = try maker.make(
                for: PasswordRules(policy: policy, accountName: "account", displayName: nil), using: &generator)
            sheet.ok("passwords", "the domain asks for \(words); those that are made here pass")
        } catch {
            sheet.fault("passwords", error)
        }
    }

    private func delegation(
        of account: SignedInAccount, _ info: Domain, _ container: Container, _ groups: [DirectoryGroup],
        _ configuration: ImportConfiguration, _ attributes: [AttributeName]?, _ entries: [Resolution],
        _ domain: ActiveDirectoryDomain, _ sheet: inout CheckSheet
    ) async throws -> CheckGrants {
        let demands = ImportDemands(
            anchorAttribute: configuration.anchorAttribute, attributes: attributes ?? [],
            forbidsPasswordChange: configuration.passwordChange == .forbidden,
            demandsPasswordChange: configuration.passwordChange == .requiredAtFirstLogon,
            movesUsers: !configuration.mapping.units.rules.isEmpty)
        let known = try await domain.schema(
            of: demands.attributesOfUsers + DelegationExamination.powerfulAttributes)
        unknownAttributes(demands.attributesOfUsers, known, &sheet)
        if attributes == nil {
            sheet.note("input_file", "without a user file, the attributes it brings cannot be looked at")
        }
        guard let access = try await domain.access(to: container.name) else { return .none }
        let users = try await domain.access(toUsersBelow: container.name, first: Self.usersLookedAt)
        var groupAccess: [ObjectAccess] = []
        for group in groups { if let access = try await domain.access(to: group.name) { groupAccess.append(access) } }
        let examination = DelegationExamination(
            token: account.token, container: access, users: users.users, groups: groupAccess)
        let wanted = Set(demands.attributesOfUsers)
        let rights = demands.rights(known.filter { wanted.contains($0.name) })
        let findings = examination.findings(needing: rights)
        let surroundings = try await surroundings(of: container, info, domain)
        let excess = examination.excess(
            over: rights, surroundings: surroundings,
            powerful: known.filter { DelegationExamination.powerfulAttributes.contains($0.name) })
        DelegationSection(findings: findings, excess: excess).add(to: &sheet)
        if !users.areAll {
            sheet.note("managed_user_path", "only the first \(Self.usersLookedAt) users were looked at")
        }
        let takeOvers = try await TakeOverCheck(
            configuration: configuration, container: container, examination: examination, schema: known
        ).perform(entries, domain, info, &sheet)
        let name = "\(account.accountName)@\(info.dnsName)"
        return CheckGrants(
            missing: GrantCommands(granting: findings, to: name, account.token.account),
            takeOver: GrantCommands(granting: takeOvers, to: name, account.token.account))
    }

    private func unknownAttributes(
        _ names: [AttributeName], _ known: [AttributeSchema], _ sheet: inout CheckSheet
    ) {
        let found = Set(known.map(\.name))
        for name in names where !found.contains(name) {
            sheet.fault(
                "\(name)", "is no attribute of this domain's schema: leave it out of the export, or extend the schema",
                .badConfiguration)
        }
    }

    /// The domain, and what the container is in: nothing has to be written there.
    private func surroundings(
        of container: Container, _ info: Domain, _ domain: ActiveDirectoryDomain
    ) async throws -> [ObjectAccess] {
        let places = [info.name] + [container.name.parent].compactMap(\.self).filter { $0 != info.name }
        var result: [ObjectAccess] = []
        for place in places { if let access = try await domain.access(to: place) { result.append(access) } }
        return result
    }

    /// Each costs the server a computed list of some three hundred attributes.
    private static let usersLookedAt = 200
}
