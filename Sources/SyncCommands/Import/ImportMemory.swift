import Directory

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
}
