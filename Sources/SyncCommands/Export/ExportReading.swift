import Directory
import DistinguishedNames
import SyncConfiguration
import SyncRun
import UserFile

/// Reads the source side: the groups, then everybody below `user_path`.
struct ExportReading: Sendable {
    let configuration: ExportConfiguration
    let time: Timestamp
    let state: ExportState?
    let progress: ProgressLine

    /// All of it from one server: the counts and the USN of the header are that server's.
    func export(from domain: FailoverDirectory) async throws -> Export {
        let info = await domain.domain()
        var containers: [DistinguishedName] = []
        for path in configuration.users.paths {
            containers.append(try await domain.container(path, key: "user_path").name)
        }
        let groups = try await searchGroups(domain)
        let found = groups.map(\.group)
        let nested =
            configuration.countsNestedGroups
            ? try await domain.nestedGroups(in: found.map(\.reference))
            : nil
        let reading = SourceUsersReading(
            configuration: configuration, containers: containers, groups: groups,
            membership: CountedMembership(found, nested, countsPrimaryGroup: configuration.countsPrimaryGroup),
            domain: info,
            expectedCount: state?.last?.users, progress: progress)
        let (users, pages) = try await reading.users(from: domain)
        try refuseUnusableNames(users)
        let header = UserFileHeader(
            timestamp: time, exportID: RunRecord.newID(at: time), sequence: (state?.sequence ?? 0) + 1,
            source: configuration.writesAnchors
                ? SourceDescription(domain: info.dnsName, domainGUID: info.guid, server: info.server) : nil,
            completeness: Completeness(
                users: users.count,
                units: units(of: users, below: containers),
                members: groups.map { name, group in
                    Completeness.GroupCount(group: name, count: users.memberships[group.guid]?.users ?? 0)
                },
                pages: pages, server: info.server,
                highestCommittedUSN: info.highestCommittedUSN,
                previous: state?.last.flatMap(Completeness.Previous.init)))
        return Export(
            document: UserFileDocument(header: header, records: users.records), disabled: users.disabledCount,
            activeMembers: groups.map { name, group in
                Completeness.GroupCount(group: name, count: users.memberships[group.guid]?.active ?? 0)
            }, excluded: users.excluded,
            foreignMembers: nested?.withForeignMembers ?? [],
            uncountedMembers: groups.compactMap { name, group in
                users.uncountedMembers[group.guid].map { Completeness.GroupCount(group: name, count: $0) }
            })
    }

    /// Every container with users of its own, in the order of the names: relative to the one of `user_path`, absolute where
    /// there are several.
    private func units(of users: ExportedUsers, below bases: [DistinguishedName]) -> [Completeness.UnitCount] {
        users.units.sorted { $0.key < $1.key }.map { unit, count in
            guard bases.count == 1 else {
                return Completeness.UnitCount(unit: unit.description.printable, count: count)
            }
            let relative = unit == bases[0] ? nil : unit.relative(to: bases[0])
            return Completeness.UnitCount(
                unit: relative?.description.printable ?? Completeness.UnitCount.userPath, count: count)
        }
    }

    /// The other side refuses a whole file for one such name; better it is told here, where it can be put right.
    private func refuseUnusableNames(_ users: ExportedUsers) throws(CommandFailure) {
        let unusable = users.unusableNames.sorted { $0.precedesBytewise($1) }
        guard !unusable.isEmpty else { return }
        let names = unusable.prefix(10)
        throw CommandFailure(
            .badData,
            "\(unusable.count) users have names that hold a control character: \(names.joined(separator: ", "))"
                + (unusable.count > names.count ? ", …" : "")
                + "; names with CNF: are left by a replication conflict. Rename or delete them; nothing was written")
    }

    private func searchGroups(
        _ domain: FailoverDirectory
    ) async throws -> [(name: DistinguishedName, group: DirectoryGroup)] {
        let names = configuration.searchGroups
        let found = try await domain.groups(names.map { $0.under(configuration.groupPath) })
        let missing = zip(names, found).filter { $0.1 == nil }.map(\.0)
        guard missing.isEmpty else {
            throw CommandFailure(
                .badConfiguration,
                "\(configuration.groupFilterFile ?? "search_groups"): "
                    + missing.map { "\"\($0)\"" }.joined(separator: ", ")
                    + " not found below \(configuration.groupPath), or not readable; nothing was written")
        }
        return zip(names, found).compactMap { name, group in group.map { (name, $0) } }
    }
}

/// What an export found: the file to be written, and what is counted besides.
struct Export: Sendable {
    let document: UserFileDocument
    /// Users that are disabled.
    let disabled: Int
    /// Users that are not, by group, in the order of the configuration.
    let activeMembers: [Completeness.GroupCount]
    let excluded: [ExportedUsers.Excluded]
    /// Of the groups and those in them: who has a member of another domain.
    let foreignMembers: [DistinguishedName]
    /// Whose primary group it is, and for whom that does not count.
    let uncountedMembers: [Completeness.GroupCount]

    var header: UserFileHeader { document.header }
    var users: Int { document.records.count }
}
