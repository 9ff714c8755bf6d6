import Directory
import SyncConfiguration
import SyncPlan
import UserFile

/// What is known of earlier imports into one container, and the lock that keeps others out meanwhile.
struct ImportMemory: Sendable {
    let folder: StateFolder
    let last: ImportState?
    private let lock: RunLock?

    /// - Throws: ``CommandFailure`` with status 75 while another import into this container is at work. A dry run takes no
    ///   lock and creates nothing.
    init(container: Container, folder path: String, isDryRun: Bool) throws {
        let own = "\(path)/\(container.guid)"
        if isDryRun {
            folder = StateFolder(readingOnly: own)
            lock = nil
        } else {
            folder = try StateFolder(creating: own)
            lock = try RunLock(in: folder)
        }
        last = try folder.read(ImportState.self, from: ImportState.fileName)
    }

    /// Keeps the lock until the call.
    func holdUntilHere() { lock?.holdUntilHere() }

    func remember(_ state: ImportState) throws {
        try folder.write(state, to: ImportState.fileName)
    }

    /// - Throws: ``CommandFailure`` for a file that does not go with the one before it.
    func refuse(_ file: VerifiedUserFile, _ configuration: ImportConfiguration, allowsOlder: Bool) throws {
        try last?.refuse(file, named: configuration.inputFile, allowsOlder: allowsOlder)
    }

    /// Answers that were there at the end of the last import, and are gone with their file; nil where nothing is known to
    /// have been lost.
    func lostResolutions(of configuration: ImportConfiguration, isThere: Bool) -> LostResolutions? {
        guard !isThere, let last, let answers = last.answers else { return nil }
        return LostResolutions(
            path: configuration.resolutionsFile, answers: answers, importedAt: last.importedAt,
            isElsewhere: FilePlace.resolved(answers.file) != nil)
    }

    /// State that was lost is announced, never silently begun anew.
    func warning(over snapshot: TargetSnapshot) -> String? {
        guard last == nil, snapshot.users.contains(where: { $0.stamp.anchor != nil }) else { return nil }
        return
            "\(folder.path): no state of an earlier import, although the container has managed users: until this run is remembered, nothing protects against an old file"
    }
}
