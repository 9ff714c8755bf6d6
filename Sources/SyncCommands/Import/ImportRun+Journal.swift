import Directory
import DistinguishedNames
import Journal
import Logging
import SyncConfiguration
import SyncPlan
import UserFile

extension ImportRun {
    /// Begins the journal of this run: who, with what, against what.
    ///
    /// - Throws: ``CommandFailure`` with status 73 or 74; nothing was written then.
    func beginJournal(
        of command: String, _ stopwatch: Stopwatch, _ prepared: PreparedImport
    ) throws -> OpenJournal {
        let domain = prepared.snapshot.domain
        let container = prepared.snapshot.container
        let header = RunHeader(
            run: stopwatch.run, command: command, started: stopwatch.started.roundedDownToSecond.iso8601(.withZone),
            version: AdUserSyncCommand.version, who: .current(account: configuration.connection.account),
            file: importedFile(prepared.input.file),
            target: RunHeader.Target(
                domain: domain.dnsName, domainGUID: domain.guid.description, container: container.name.description,
                containerGUID: container.guid.description, server: domain.server))
        let folder = JournalFolder(in: prepared.memory.folder.path)
        do {
            return OpenJournal(
                file: try folder.begin(header, now: environment.now), folder: folder,
                keptDays: configuration.historyDays,
                logger: loggers.main)
        } catch {
            let failure = CommandFailure(error)
            throw CommandFailure(failure.status, "the journal \(failure.message); nothing was written")
        }
    }

    func importedFile(_ file: VerifiedUserFile) -> ImportedFile {
        ImportedFile(
            path: configuration.inputFile, sha256: file.digest, timestamp: file.header.timestamp?.iso8601(.withZone),
            sequence: file.header.sequence, exportID: file.header.exportID, source: file.header.source?.domain,
            sourceGUID: file.header.source?.domainGUID.description)
    }

    /// Runs that were killed since the last import that ended.
    func warnOfUnfinishedRuns(in memory: ImportMemory) {
        do {
            let runs = try JournalFolder(in: memory.folder.path).unfinishedRuns { $0.command.hasPrefix("import") }
            for run in runs {
                let began = run.header.map { " of \($0.started)" } ?? ""
                loggers.main.warning(
                    "the run \(run.id)\(began) did not end: what it had announced is looked at afresh by this one; `history \(run.id)` shows it"
                )
            }
        } catch {
            // What was is of no consequence for what is to be: an import goes by how the directory stands.
            loggers.main.warning("how the last run ended cannot be told: \(error)")
        }
    }
}
