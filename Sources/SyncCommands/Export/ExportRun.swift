import ActiveDirectory
import AtomicFile
import Directory
import DistinguishedNames
import Logging
import SyncConfiguration
import UserFile

/// One export: reads the source users, all of them, and writes the user file, or leaves the old one.
struct ExportRun: Sendable {
    let configuration: ExportConfiguration
    let key: HMACKey?
    let environment: CommandEnvironment
    let loggers: RunLoggers

    func perform() async throws -> ExitStatus {
        let clock = ContinuousClock()
        let start = clock.now
        let folder = try StateFolder(creating: configuration.stateFolder)
        let lock = try RunLock(in: folder)
        let (document, operations) = try await readAll(at: environment.now(), sequence: try nextSequence(in: folder))
        try write(document, folder)
        try report(document, elapsed: start.duration(to: clock.now), operations: operations)
        lock.holdUntilHere()
        return .done
    }

    private func readAll(at time: Timestamp, sequence: Int) async throws -> (UserFileDocument, operations: Int) {
        let progress = ProgressLine(environment.terminal)
        let domain = try await ActiveDirectoryDomain.open(
            configuration.connection.ldapConfiguration(logger: loggers.main),
            as: try configuration.connection.credentials(environment))
        let document = try await read(domain, at: time, sequence: sequence, progress)
        let operations = domain.operationCount
        await domain.close()
        progress.clear()
        return (document, operations)
    }

    private func write(_ document: UserFileDocument, _ folder: StateFolder) throws {
        let writer = UserFileWriter(key: key)
        // The number is taken before it is used: two files never carry the same one.
        try folder.write(ExportState(sequence: document.header.sequence ?? 1), to: ExportState.fileName)
        if let path = configuration.exportFile {
            try writer.write(document, to: path)
        } else if !Terminal.write(try writer.bytes(of: document), to: 1) {
            throw CommandFailure(.inputOutput, "the user file could not be written to standard output as a whole")
        }
    }

    private func report(_ document: UserFileDocument, elapsed: Duration, operations: Int) throws {
        // Where the user file goes to standard output, nothing else does.
        guard let path = configuration.exportFile, let started = document.header.timestamp else { return }
        let report = ExportReport(
            file: path, isSigned: key != nil, document: document,
            run: RunRecord(
                id: document.header.exportID ?? "", started: started, elapsed: elapsed, directoryOperations: operations,
                by: configuration.connection)
        )
        loggers.detail.info("\(path): \(document.users.count) users written, sequence \(document.header.sequence ?? 1)")
        try environment.terminal.write(
            environment.terminal.isForPeople ? report.text(environment.terminal) : try JSONText.of(report))
    }

    private func nextSequence(in folder: StateFolder) throws -> Int {
        guard let state = try folder.read(ExportState.self, from: ExportState.fileName) else {
            if configuration.exportFile.flatMap(FileReading.permissions) == nil {
                loggers.main.info("\(folder.path): the first export; the sequence begins at 1")
            } else {
                loggers.main.warning(
                    "\(folder.path): no state of an earlier export; the sequence begins at 1. If files were imported before, the other side will refuse this one as older, once, without --allow-older"
                )
            }
            return 1
        }
        return state.sequence + 1
    }

    private func read(
        _ domain: ActiveDirectoryDomain, at time: Timestamp, sequence: Int, _ progress: ProgressLine
    ) async throws -> UserFileDocument {
        let info = try await domain.domain()
        let container = try await domain.container(configuration.userPath, key: "user_path")
        let groups = try await searchGroups(domain)
        let users = try await domain.users(
            UserQuery(
                base: container.name, attributes: configuration.attributes,
                groups: groups.map { DirectoryGroupReference(guid: $0.group.guid, name: $0.group.name) },
                anchorAttribute: nil)
        ) { progress.show("Reading users", $0) }
        try refuseUnusableNames(users)
        let names = Dictionary(groups.map { ($0.group.guid, $0.name) }, uniquingKeysWith: { first, _ in first })
        let records = users.enumerated().map { offset, user in
            SourceUser(
                position: offset + 1, accountName: user.accountName, commonName: user.commonName,
                isDisabled: user.isDisabled, expiry: user.expiry, groups: user.groups.compactMap { names[$0] }.sorted(),
                anchor: configuration.writesAnchors ? Anchor(domain: info.guid, user: user.guid) : nil,
                attributes: user.attributes)
        }
        let header = UserFileHeader(
            timestamp: time, exportID: RunRecord.newID(at: time), sequence: sequence,
            source: configuration.writesAnchors
                ? SourceDescription(domain: info.dnsName, domainGUID: info.guid, server: info.server) : nil,
            completeness: Completeness(
                users: records.count,
                members: groups.map { group in
                    Completeness.GroupCount(
                        group: group.name, count: users.count { $0.groups.contains(group.group.guid) })
                },
                highestCommittedUSN: info.highestCommittedUSN))
        return UserFileDocument(header: header, users: records, attributeNames: configuration.attributes)
    }

    /// The other side refuses a whole file for one such name; better it is told here, where it can be put right.
    private func refuseUnusableNames(_ users: [DirectoryUser]) throws(CommandFailure) {
        let unusable = users.filter { "\($0.commonName)\($0.accountName)".unicodeScalars.contains(where: \.isControl) }
        guard !unusable.isEmpty else { return }
        let names = unusable.prefix(10).map { "\"\($0.commonName)\" (\($0.accountName))".printable }
        throw CommandFailure(
            .badData,
            "\(unusable.count) users have names that hold a control character: \(names.joined(separator: ", "))"
                + (unusable.count > names.count ? ", …" : "")
                + "; names with CNF: are left by a replication conflict. Rename or delete them; nothing was written")
    }

    private func searchGroups(
        _ domain: ActiveDirectoryDomain
    ) async throws -> [(name: DistinguishedName, group: DirectoryGroup)] {
        let names = configuration.searchGroups
        let found = try await domain.groups(names.map { $0.under(configuration.groupPath) })
        let missing = zip(names, found).filter { $0.1 == nil }.map(\.0)
        guard missing.isEmpty else {
            throw CommandFailure(
                .badConfiguration,
                "search_groups: " + missing.map { "\"\($0)\"" }.joined(separator: ", ")
                    + " not found below \(configuration.groupPath), or not readable; nothing was written")
        }
        return zip(names, found).compactMap { name, group in group.map { (name, $0) } }
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}
