// Dispatch does not say that its sources may be shared between threads, though they may.
@preconcurrency import Dispatch
import Glibc
import Synchronization

/// Tells when something happens to one file of a folder: `inotify(7)` on the folder, since a file that is replaced is
/// another file.
///
/// Network file systems tell nothing of what other machines do: whoever waits looks from time to time as well.
final class FolderWatch: Sendable {
    private let name: String
    private let folder: String
    private let identity: FileStamp?
    private let source: any DispatchSourceRead
    private let state = Mutex(State())

    private struct State {
        var hasChange = false
        /// The folder was removed or moved away. Another one in its place may have got its number.
        var isGone = false
        var waiter: AsyncStream<Void>.Continuation?
    }

    /// - Throws: ``CommandFailure`` with status 66 when the folder is not there, 74 when it cannot be watched.
    init(of path: String) throws(CommandFailure) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        name = parts.last.map(String.init) ?? path
        let folder =
            parts.count == 1
            ? "."
            : parts.count == 2 && parts[0].isEmpty
                ? "/" : parts.dropLast().joined(separator: "/")
        let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else {
            throw CommandFailure(.inputOutput, "\(folder) cannot be watched: \(SystemError(code: errno))")
        }
        let events = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)
        guard inotify_add_watch(descriptor, folder, events) >= 0 else {
            let code = errno
            close(descriptor)
            throw CommandFailure(
                code == ENOENT || code == ENOTDIR ? .noInput : .inputOutput,
                "input_file: the folder \(folder) cannot be watched: \(SystemError(code: code))")
        }
        self.folder = folder
        identity = FileStamp(of: folder)
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor)
        source.setCancelHandler { close(descriptor) }
        source.setEventHandler { [weak self] in self?.read(descriptor) }
        source.activate()
    }

    deinit { source.cancel() }

    /// Whether the folder that is watched still is the one behind its name: it may have been removed, moved away, or a link
    /// points elsewhere now.
    var isInPlace: Bool {
        guard !state.withLock({ $0.isGone }), let identity, let found = FileStamp(of: folder) else { return false }
        return found.isSameFile(as: identity)
    }

    /// Returns when something has happened to the file, or to the folder, since the last call; or after so long.
    func change(within patience: Duration) async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let isLate = state.withLock { state in
            state.waiter = state.hasChange ? nil : continuation
            defer { state.hasChange = false }
            return state.hasChange
        }
        guard !isLate else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in stream { break } }
            group.addTask { try? await Task.sleep(for: patience) }
            await group.next()
            group.cancelAll()
        }
        // What came since is no loss: whoever waited looks at the file now.
        state.withLock { state in
            state.hasChange = false
            state.waiter = nil
        }
    }

    private func read(_ descriptor: Int32) {
        var isMeant = false
        var isGone = false
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            for event in events(in: buffer[..<count]) {
                isMeant = isMeant || event.name == name || event.name.isEmpty
                isGone = isGone || event.mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT) != 0
            }
        }
        guard isMeant else { return }
        state.withLock { state in
            state.isGone = state.isGone || isGone
            guard let waiter = state.waiter else {
                state.hasChange = true
                return
            }
            waiter.yield()
        }
    }

    /// What happened, and to which file. Of an event about the folder itself, and of one that says that others were lost
    /// (`IN_Q_OVERFLOW`), the name is empty.
    private func events(in bytes: ArraySlice<UInt8>) -> [(mask: UInt32, name: String)] {
        var events: [(mask: UInt32, name: String)] = []
        var rest = bytes
        let header = MemoryLayout<inotify_event>.size
        while rest.count >= header {
            let event = rest.withUnsafeBytes { bytes in
                // Behind the descriptor of the watch: mask, cookie, length of the name (inotify(7)).
                (
                    mask: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self),
                    length: Int(bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
                )
            }
            let name = rest.dropFirst(header).prefix(event.length).prefix { $0 != 0 }
            events.append((event.mask, String(decoding: name, as: UTF8.self)))
            rest = rest.dropFirst(header + event.length)
        }
        return events
    }
}
