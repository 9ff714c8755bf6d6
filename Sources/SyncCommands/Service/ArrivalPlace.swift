import Logging

/// Where the user file arrives. Its folder may go away meanwhile, and another may come in its place.
struct ArrivalPlace {
    let path: String
    /// Nil while there is no folder that could be watched.
    private var watch: FolderWatch?

    /// - Throws: ``CommandFailure`` with status 66 when the folder is not there, 74 when it cannot be watched.
    init(of path: String) throws(CommandFailure) {
        self.path = path
        watch = try FolderWatch(of: path)
    }

    var file: FileStamp? { FileStamp(of: path) }

    /// Returns when the file should be looked at again, after so long at the latest.
    mutating func change(within patience: Duration, _ logger: Logger?) async {
        if watch?.isInPlace != true, renew(logger) { return }
        guard let watch else {
            try? await Task.sleep(for: min(patience, Self.glance))
            return
        }
        await watch.change(within: patience)
    }

    /// How often the folder is looked for.
    private static let glance = Duration.seconds(5)

    /// Whether the folder is watched now, and was not before.
    private mutating func renew(_ logger: Logger?) -> Bool {
        let wasWatched = watch != nil
        do {
            watch = try FolderWatch(of: path)
            if !wasWatched { logger?.info("the folder of \(path) is there again") }
            return true
        } catch {
            watch = nil
            if wasWatched { logger?.warning("\(error.message); it is looked for every few seconds") }
            return false
        }
    }
}
