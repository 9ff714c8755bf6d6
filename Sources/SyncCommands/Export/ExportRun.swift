import AtomicFile
import Directory
import DistinguishedNames
import Logging
import SyncConfiguration
import SyncPlan
import SyncRun
import UserFile

/// One export: reads the source users, all of them, and writes the user file, or leaves the old one.
struct ExportRun: Sendable {
    let configuration: ExportConfiguration
    let key: HMACKey?
    /// The operator's word that there are no users.
    let allowsEmpty: Bool
    let environment: CommandEnvironment
    let loggers: RunLoggers

    func perform() async throws -> ExitStatus {
        let clock = ContinuousClock()
        let start = clock.now
        let folder = try StateFolder(creating: configuration.stateFolder)
        let lock = try RunLock(in: folder)
        let state = try lastState(in: folder)
        let (document, operations) = try await readAll(at: environment.now(), after: state)
        try refuseEmpty(document, after: state)
        let compared = state?.last.map {
            Shrinkage(
                from: $0, to: ExportTotals(of: document), limit: SyncPlan.ChangeLimit(configuration.deactivationLimit))
        }
        // Who insists on a file without users need not be told that it has none.
        let isInsisted = document.users.isEmpty && allowsEmpty
        let shrinkage = isInsisted ? nil : compared
        try write(document, folder, state?.last)
        announce(shrinkage)
        try report(document, shrinkage, elapsed: start.duration(to: clock.now), operations: operations)
        lock.holdUntilHere()
        // The file is whole and written: what is held back is the confidence of a timer that all is well.
        return shrinkage?.alarms.isEmpty ?? true ? .done : .heldBack
    }

    private func readAll(
        at time: Timestamp, after state: ExportState?
    ) async throws -> (UserFileDocument, operations: Int) {
        let progress = ProgressLine(environment.terminal)
        let domain = try await configuration.connection.openDirectory(.ofARun, environment, logger: loggers.main)
        // All of it from one server: the counts and the USN of the header are that server's.
        let document = try await domain.reading { try await read($0, at: time, after: state, progress) }
        let operations = await domain.operationCount
        await domain.close()
        progress.clear()
        return (document, operations)
    }

    /// To whom may not read them, AD shows a unit without users, and no error.
    private func refuseEmpty(_ document: UserFileDocument, after state: ExportState?) throws(CommandFailure) {
        guard document.users.isEmpty, !allowsEmpty, state?.last?.users != 0 else { return }
        let before = state?.last.map { "the last export found \($0.users) users" } ?? "no export before it is known"
        throw CommandFailure(
            .heldBack,
            "user_path: no users found below \(configuration.userPath), and \(before): they were moved or deleted, or "
                + "\(configuration.connection.account) may not read them any more. "
                + "Nothing was written; --allow-empty writes a file without users")
    }

    private func write(_ document: UserFileDocument, _ folder: StateFolder, _ last: ExportTotals?) throws {
        let writer = UserFileWriter(key: key)
        let sequence = document.header.sequence ?? 1
        // The number is taken before it is used: two files never carry the same one.
        try folder.write(ExportState(sequence: sequence, last: last), to: ExportState.fileName)
        if let path = configuration.exportFile {
            try writer.write(document, to: path)
        } else if !Terminal.write(try writer.bytes(of: document), to: 1) {
            throw CommandFailure(.inputOutput, "the user file could not be written to standard output as a whole")
        }
        // And what it counted only once it is written: the next one is compared with a file that somebody has.
        try folder.write(
            ExportState(sequence: sequence, last: ExportTotals(of: document)), to: ExportState.fileName)
    }

    private func announce(_ shrinkage: Shrinkage?) {
        // Without a summary, somebody at the terminal reads it here.
        let logger = configuration.exportFile == nil ? loggers.main : loggers.detail
        for alarm in shrinkage?.alarms ?? [] {
            logger.error(
                "\(alarm): more than deactivation_limit allows without a word; look before it is imported")
        }
        for remark in shrinkage?.remarks ?? [] { logger.warning("\(remark)") }
    }

    private func report(
        _ document: UserFileDocument, _ shrinkage: Shrinkage?, elapsed: Duration, operations: Int
    ) throws {
        // Where the user file goes to standard output, nothing else does.
        guard let path = configuration.exportFile, let started = document.header.timestamp else { return }
        let report = ExportReport(
            file: path, isSigned: key != nil, document: document, shrinkage: shrinkage,
            run: RunRecord(
                id: document.header.exportID ?? "", started: started, elapsed: elapsed, directoryOperations: operations,
                by: configuration.connection)
        )
        loggers.detail.info("\(path): \(document.users.count) users written, sequence \(document.header.sequence ?? 1)")
        try environment.terminal.write(
            environment.terminal.isForPeople ? report.text(environment.terminal) : try JSONText.of(report))
    }

    private func lastState(in folder: StateFolder) throws -> ExportState? {
        guard let state = try folder.read(ExportState.self, from: ExportState.fileName) else {
            if configuration.exportFile.flatMap(FileReading.permissions) == nil {
                loggers.main.info("\(folder.path): the first export; the sequence begins at 1")
            } else {
                loggers.main.warning(
                    "\(folder.path): no state of an earlier export; the sequence begins at 1. If files were imported before, the other side will refuse this one as older, once, without --allow-older"
                )
            }
            return nil
        }
        return state
    }

    private func read(
        _ domain: FailoverDirectory, at time: Timestamp, after state: ExportState?, _ progress: ProgressLine
    ) async throws -> UserFileDocument {
        let info = await domain.domain()
        let container = try await domain.container(configuration.userPath, key: "user_path")
        let groups = try await searchGroups(domain)
        let (users, pages) = try await domain.pagedUsers(
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
            timestamp: time, exportID: RunRecord.newID(at: time), sequence: (state?.sequence ?? 0) + 1,
            source: configuration.writesAnchors
                ? SourceDescription(domain: info.dnsName, domainGUID: info.guid, server: info.server) : nil,
            completeness: Completeness(
                users: records.count,
                units: units(of: users, below: container.name),
                members: groups.map { group in
                    Completeness.GroupCount(
                        group: group.name, count: users.count { $0.groups.contains(group.group.guid) })
                },
                pages: pages, server: info.server,
                highestCommittedUSN: info.highestCommittedUSN,
                previous: state?.last.flatMap(Completeness.Previous.init)))
        return UserFileDocument(header: header, users: records, attributeNames: configuration.attributes)
    }

    /// Every container with users of its own, in the order of the names.
    private func units(
        of users: [DirectoryUser], below base: DistinguishedName
    ) -> [Completeness.UnitCount] {
        let counts = users.reduce(into: [DistinguishedName: Int]()) { counts, user in
            counts[user.name.parent ?? base, default: 0] += 1
        }
        return counts.sorted { $0.key < $1.key }.map { unit, count in
            let relative = unit == base ? nil : unit.relative(to: base)
            return Completeness.UnitCount(
                unit: relative?.description.printable ?? Completeness.UnitCount.userPath, count: count)
        }
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
        _ domain: FailoverDirectory
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
