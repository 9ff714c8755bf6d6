import Directory
import Journal
import Logging
import SyncConfiguration
import SyncRun

/// The journal of the run that is under way, from its first line to its last.
struct OpenJournal: Sendable {
    let file: JournalFile
    let folder: JournalFolder
    /// 0 for ever.
    let keptDays: Int
    let logger: Logger

    /// Begins the journal of a run.
    ///
    /// - Throws: ``CommandFailure`` with status 73 or 74; nothing was written then.
    static func begin(
        _ header: RunHeader, in folder: JournalFolder, _ configuration: ImportConfiguration,
        _ environment: CommandEnvironment, _ loggers: RunLoggers
    ) throws -> OpenJournal {
        environment.beginWork()
        do {
            return OpenJournal(
                file: try folder.begin(header, now: environment.now), folder: folder,
                keptDays: configuration.historyDays, logger: loggers.main)
        } catch {
            let failure = CommandFailure(error)
            throw CommandFailure(failure.status, "the journal \(failure.message); nothing was written")
        }
    }

    /// Writes the last line, and removes journals that have been kept long enough.
    ///
    /// - Returns: the status the run ends with.
    /// - Throws: what `result` holds; else ``CommandFailure`` with status 73 or 74 when the journal could not be written.
    func conclude(_ result: Result<ExitStatus, any Error>, at time: Timestamp) throws -> ExitStatus {
        let ending = Result { try end(result) }
        let status = try result.get()
        do {
            try ending.get()
        } catch {
            throw CommandFailure(
                CommandFailure(error).status,
                "the journal \(CommandFailure(error).message); what could not be announced was not sent: run it again"
                    + " when it can be written")
        }
        if keptDays > 0 { removeOld(at: time) }
        return status
    }

    private func end(_ result: Result<ExitStatus, any Error>) throws {
        switch result {
        case .success where Task.isCancelled: try file.end(.interrupted)
        case .success(.partlyFailed): try file.end(.partlyFailed)
        case .success(.heldBack): try file.end(.heldBack)
        case .success: try file.end(.done)
        case .failure(is CancellationError): try file.end(.interrupted)
        case .failure(let error): try file.end(.failed, CommandFailure(error).message)
        }
    }

    private func removeOld(at time: Timestamp) {
        do {
            try folder.removeRuns(before: time.adding(seconds: -86_400 * Int64(keptDays)))
        } catch {
            logger.warning("old journals cannot be removed: \(error)")
        }
    }
}
