import Directory
import DistinguishedNames
import SourceRecords
import SyncConfiguration
import SyncPlan
import SyncRun

/// Reads the target side: the mapped groups, then everybody in the managed container.
struct TargetReading {
    let configuration: ImportConfiguration
    let domain: FailoverDirectory
    let progress: ProgressLine

    /// - Parameters:
    ///   - expectedCount: about how many users there may be.
    ///   - awaited: what was created elsewhere than on the server that is read.
    func snapshot(
        of container: Container, attributes: [AttributeName], expectedCount: Int?,
        awaited: (_ server: String) throws -> [AwaitedAccount]
    ) async throws -> (TargetSnapshot, UserQuery) {
        let groups = try await mappedGroups()
        // The root of the container is there already.
        for unit in configuration.mapping.units.units where unit.leaf != nil {
            _ = try await domain.container(unit.under(container.name), key: "ou_map")
        }
        let query = UserQuery(
            base: container.name, attributes: attributes,
            groups: groups.values.map(\.reference),
            anchorAttribute: configuration.anchorAttribute, expectedCount: expectedCount)
        let users = try await domain.users(query) { [progress] in progress.show("Reading users", $0) }
        let info = await domain.domain().makingPrincipalNames(with: configuration.mapping.principalNameSuffix)
        let snapshot = TargetSnapshot(
            domain: info, container: container, groups: groups, users: users, awaited: try awaited(info.server))
        return (snapshot, query)
    }

    private func mappedGroups() async throws -> [DistinguishedName: DirectoryGroup] {
        let names = configuration.groupMap.mappedGroups
        let found = try await domain.groups(names.map { $0.under(configuration.groupPath) })
        var groups: [DistinguishedName: DirectoryGroup] = [:]
        var missing: [DistinguishedName] = []
        for (name, group) in zip(names, found) {
            if let group { groups[name] = group } else { missing.append(name) }
        }
        guard missing.isEmpty else {
            throw CommandFailure(
                .badConfiguration,
                "group_map: " + missing.map { "\"\($0)\"" }.joined(separator: ", ")
                    + " not found below \(configuration.groupPath), or not readable; nothing was written")
        }
        return groups
    }
}

extension SyncPolicy {
    init(_ configuration: ImportConfiguration, acceptsUnanchoredFile: Bool, lifeCycle: LifeCycle) {
        self.init(
            groupMap: configuration.groupMap.bySourceGroup,
            groupsForEveryone: configuration.groupMap.everybody,
            restrictedGroups: Set(configuration.restrictedGroups),
            commonNamePrefix: configuration.commonNamePrefix,
            expirationTime: configuration.expirationTime,
            sourceExpiry: configuration.sourceExpiry == .honour ? .honour : .ignore,
            anchorAttribute: configuration.anchorAttribute,
            usersCannotChangePassword: configuration.passwordChange == .forbidden,
            usersMustChangePassword: configuration.passwordChange == .requiredAtFirstLogon,
            approvalsOnTop: Set(
                configuration.requiredApprovals.map { approval in
                    switch approval {
                    case .disable: .disable
                    case .leave: .leave
                    }
                }),
            deactivationLimit: SyncPlan.ChangeLimit(configuration.deactivationLimit),
            leaveLimit: SyncPlan.ChangeLimit(configuration.leaveLimit),
            deactivatedUsersKeepGroups: configuration.deactivatedUsersKeepGroups,
            acceptsUnanchoredFile: acceptsUnanchoredFile, lifeCycle: lifeCycle)
    }
}

extension SyncPlan.ChangeLimit {
    init(_ configured: SyncConfiguration.ChangeLimit) {
        self.init(percent: configured.percent, count: configured.count)
    }
}
