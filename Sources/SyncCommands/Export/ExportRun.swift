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
    let findings: RunFindings

    func perform() async throws -> ExitStatus {
        let clock = ContinuousClock()
        let start = clock.now
        let folder = try StateFolder(creating: configuration.stateFolder)
        let lock = try RunLock(in: folder)
        let state = try lastState(in: folder)
        let (export, operations) = try await readAll(at: environment.now(), after: state)
        tellExcluded(export)
        tellUncounted(export)
        try refuseEmpty(export, after: state)
        let compared = state?.last.map {
            Shrinkage(
                from: $0, to: ExportTotals(of: export), limit: SyncPlan.ChangeLimit(configuration.deactivationLimit))
        }
        // Who insists on a file without users need not be told that it has none.
        let isInsisted = export.users == 0 && allowsEmpty
        let shrinkage = isInsisted ? nil : compared
        try write(export, folder, state?.last)
        announce(shrinkage)
        try report(export, shrinkage, elapsed: start.duration(to: clock.now), operations: operations)
        lock.holdUntilHere()
        // The file is whole and written: what is held back is the confidence of a timer that all is well.
        return shrinkage?.alarms.isEmpty ?? true ? .done : .heldBack
    }

    private func readAll(
        at time: Timestamp, after state: ExportState?
    ) async throws -> (Export, operations: Int) {
        let progress = ProgressLine(environment.terminal)
        let domain = try await configuration.connection.openDirectory(.ofARun, environment, logger: loggers.main)
        let reading = ExportReading(configuration: configuration, time: time, state: state, progress: progress)
        let export = try await domain.reading { try await reading.export(from: $0) }
        let operations = await domain.operationCount
        await domain.close()
        progress.clear()
        return (export, operations)
    }

    /// To whom may not read them, AD shows a unit without users, and no error.
    private func refuseEmpty(_ export: Export, after state: ExportState?) throws(CommandFailure) {
        guard export.users == 0, !allowsEmpty, state?.last?.users != 0 else { return }
        let before = state?.last.map { "the last export found \($0.users) users" } ?? "no export before it is known"
        let users = configuration.users
        let paths = users.paths.map(\.description).joined(separator: " and ")
        let found =
            export.excluded.isEmpty
            ? "no users found below \(paths)" + (users.filter.map { " that match user_filter \($0)" } ?? "")
            : "exclude leaves out all \(export.excluded.count) users below \(paths)"
        throw CommandFailure(
            .heldBack,
            "user_path: \(found), and \(before): they were moved or deleted, or "
                + "\(configuration.connection.account) may not read them any more. "
                + "Nothing was written; --allow-empty writes a file without users")
    }

    /// Not inlined: the optimiser of Swift 6.3.1 crashes on it inside an async function.
    @inline(never)
    private func write(_ export: Export, _ folder: StateFolder, _ last: ExportTotals?) throws {
        let writer = UserFileWriter(key: key)
        let sequence = export.header.sequence ?? 1
        // The number is taken before it is used: two files never carry the same one.
        try folder.write(ExportState(sequence: sequence, last: last), to: ExportState.fileName)
        if let path = configuration.exportFile {
            try writer.write(export.document, to: path)
        } else {
            try writer.write(export.document) { piece in
                guard Terminal.write(piece, to: 1) else {
                    throw CommandFailure(
                        .inputOutput, "the user file could not be written to standard output as a whole")
                }
            }
        }
        // And what it counted only once it is written: the next one is compared with a file that somebody has.
        try folder.write(
            ExportState(sequence: sequence, last: ExportTotals(of: export)), to: ExportState.fileName)
    }

    private func tellExcluded(_ export: Export) {
        for user in export.excluded {
            loggers.main.debug("excluded by \(configuration.users.exclusions[user.rule].words): \(user.words)")
        }
    }

    private func tellUncounted(_ export: Export) {
        for group in export.foreignMembers {
            loggers.main.warning(
                "nested_groups: \("\(group)".printable) has members of another domain: if one of them is a group, its members are not known here, and do not count"
            )
        }
        for entry in export.uncountedMembers {
            loggers.main.warning(
                "\("\(entry.group)".printable) is the primary group of \(entry.count) users, which makes nobody a member: \"primary_group\": true counts them"
            )
        }
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
        _ export: Export, _ shrinkage: Shrinkage?, elapsed: Duration, operations: Int
    ) throws {
        guard let started = export.header.timestamp else { return }
        let report = ExportReport(
            file: configuration.exportFile ?? "standard output", isSigned: key != nil, export: export,
            rules: configuration.users.exclusions,
            shrinkage: shrinkage,
            run: RunRecord(
                id: export.header.exportID ?? "", started: started, elapsed: elapsed, directoryOperations: operations,
                by: configuration.connection)
        )
        findings.note(report, at: started, text: report.text(.plain))
        // Where the user file goes to standard output, nothing else does.
        guard let path = configuration.exportFile else { return }
        loggers.detail.info("\(path): \(export.users) users written, sequence \(export.header.sequence ?? 1)")
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
}
