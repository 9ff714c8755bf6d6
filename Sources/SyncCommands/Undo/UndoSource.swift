import Directory
import DistinguishedNames
import Journal
import SyncConfiguration
import SyncPlan
import UserFile

/// The run that is to be taken back, and those after it, as their journals tell them.
struct UndoSource: Sendable {
    let header: RunHeader
    let counts: RunCounts
    let past: PastRun
    /// The domain controllers that the run was made on.
    let servers: [String]
    /// 0 for a run of its own, 1 for an undo of one, 2 for the undo of that, and so on.
    let undoneUndos: Int
    /// Oldest first.
    let later: [PastRun]

    /// Where the run of the last day was made, other than on this server: what has not arrived here yet looks as if it had
    /// never been done.
    func otherServers(than server: String, at time: Timestamp) -> [String] {
        guard let started = Timestamp(iso8601: header.started), time.seconds(since: started) < 86_400 else { return [] }
        return servers.filter { $0 != server }
    }

    /// Before the directory is asked anything.
    ///
    /// - Throws: ``CommandFailure`` with status 64 when no run is meant, or more than one, or one of another container;
    ///   with 75 when it is still at work.
    static func find(_ name: String, _ configuration: ImportConfiguration) throws -> RunOutline {
        let history = try RunHistory(stateFolder: configuration.stateFolder)
        guard name != RunHistory.last else {
            let outlines = try history.runs(last: .max).runs
            guard let outline = outlines.last(where: { $0.isInto(configuration.managedUserPath) }) else {
                throw CommandFailure(
                    .usage,
                    "no run into \(configuration.managedUserPath) is recorded in \(configuration.stateFolder); `history` lists the runs"
                )
            }
            return try outline.requireEnded()
        }
        let outline = try history.outline(name)
        guard outline.header == nil || outline.isInto(configuration.managedUserPath) else {
            throw CommandFailure(
                .usage,
                "the run \(outline.id) wrote into \(outline.header?.target.container.printable ?? "?"), and this configuration is for \(configuration.managedUserPath): pass that one's with --config"
            )
        }
        return try outline.requireEnded()
    }

    /// - Throws: ``CommandFailure`` with status 65 for a journal that is damaged, or another container's.
    init(
        _ id: String, _ folder: JournalFolder, _ container: Container, _ domain: Domain,
        _ configuration: ImportConfiguration
    ) throws {
        guard try folder.ids.contains(id) else {
            throw Self.refusal(id, "it does not lie in \(folder.path), where this container's journals are")
        }
        _ = try folder.outline(id).requireEnded()
        let run = try folder.run(id)
        servers = run.servers
        do {
            past = try run.pastRun()
        } catch {
            throw Self.refusal(id, "it is damaged: \(error)")
        }
        guard let header = run.header else { throw Self.refusal(id, "its first line is missing") }
        let target = header.target
        guard target.containerGUID == container.guid.description, target.domainGUID == domain.guid.description else {
            throw Self.refusal(
                id,
                "it is of \(target.container.printable) in \(target.domain.printable) (\(target.containerGUID)), which is another container"
            )
        }
        try Self.refusePower(past, configuration)
        self.header = header
        counts = run.counts
        undoneUndos = Self.undoneUndos(behind: header, folder)
        // Only to tell who changed something since: one that cannot be read is no obstacle.
        later = try folder.ids.filter { $0 > id }.compactMap { try? folder.run($0).pastRun() }
    }

    /// As far back as there are journals. Ids are times: one that does not go back is somebody else's writing.
    private static func undoneUndos(behind header: RunHeader, _ folder: JournalFolder) -> Int {
        var (count, header) = (0, header)
        while let undone = header.undoes, undone < header.run {
            count += 1
            guard let before = try? folder.run(undone).header else { break }
            header = before
        }
        return count
    }

    /// A run changes only what its configuration allows a file to bring, the names to sign in with, and the anchor: a
    /// journal that names another attribute has somebody else's writing in it, or the configuration was changed since.
    private static func refusePower(_ past: PastRun, _ configuration: ImportConfiguration) throws {
        let allowed = try AttributeAllowList.standard(for: configuration)
        for name in past.attributes where name != configuration.anchorAttribute && !allowed.contains(name) {
            throw refusal(past.id, "it changed \(name), which no import writes with this configuration")
        }
    }

    private static func refusal(_ id: String, _ problem: String) -> CommandFailure {
        CommandFailure(.badData, "the journal of \(id) cannot be gone by: \(problem); nothing was written")
    }
}

extension RunOutline {
    fileprivate func isInto(_ container: DistinguishedName) -> Bool {
        (header?.target.container).flatMap { try? DistinguishedName(parsing: $0) } == container
    }

    fileprivate func requireEnded() throws -> RunOutline {
        guard state == .atWork else { return self }
        throw CommandFailure(
            .tryAgain, "the run \(id) is still at work: wait for its end, or end it; nothing was written")
    }
}
