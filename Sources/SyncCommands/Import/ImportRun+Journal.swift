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
        let header = RunHeader(
            run: stopwatch.run, command: prepared.input.part == nil ? command : command + Self.partMark,
            started: stopwatch.started.roundedDownToSecond.iso8601(.withZone),
            version: AdUserSyncCommand.version, who: .current(account: configuration.connection.account),
            file: importedFile(prepared.input.file), target: RunHeader.Target(prepared.snapshot))
        return try OpenJournal.begin(
            header, in: JournalFolder(in: prepared.memory.folder.path), configuration, environment, loggers)
    }

    /// Behind the command of a run that was for some of the file only.
    private static let partMark = ", a part"

    /// A day: the default schedule between sites is three hours, and who waits longer has lost his domain controller.
    private static let replicationPatience: Int64 = 86_400

    /// What runs of the last day created on another domain controller than the one that is read now.
    ///
    /// - Throws: ``CommandFailure`` with status 74: who cannot tell must not create anybody. A dry run only says so.
    func awaited(in memory: ImportMemory, on server: String, at time: Timestamp) throws -> [AwaitedAccount] {
        do {
            return try createdElsewhere(in: memory, on: server, at: time)
        } catch {
            guard options.isDryRun else {
                throw CommandFailure(error.status, "\(error.message); nothing was written")
            }
            loggers.main.warning("\(error.message)")
            return []
        }
    }

    /// - Throws: ``CommandFailure`` with status 74.
    func createdElsewhere(
        in memory: ImportMemory, on server: String, at time: Timestamp
    ) throws(CommandFailure) -> [AwaitedAccount] {
        do {
            return try JournalFolder(in: memory.folder.path)
                .accountsCreated(since: time.adding(seconds: -Self.replicationPatience), elsewhereThan: server)
        } catch {
            throw CommandFailure(
                .inputOutput, "what was created on other domain controllers of late cannot be told: \(error)")
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
            let runs = try JournalFolder(in: memory.folder.path).unfinishedRuns {
                // A part that ended well says nothing of what a killed run had announced for others.
                $0.command.hasPrefix("import") && !$0.command.hasSuffix(Self.partMark)
            }
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

extension CommandFailure {
    /// The answers that were performed could not be taken out of the resolutions file.
    init(notSettled path: String, because error: any Error) {
        let failure = CommandFailure(error)
        self.init(
            failure.status,
            "\(failure.message); what was reported is done, but its answers still stand in \(path), passwords included: "
                + "the next import takes them out")
    }
}

extension RunHeader.Target {
    init(_ snapshot: TargetSnapshot) {
        self.init(
            domain: snapshot.domain.dnsName, domainGUID: snapshot.domain.guid.description,
            container: snapshot.container.name.description, containerGUID: snapshot.container.guid.description,
            server: snapshot.domain.server)
    }
}
