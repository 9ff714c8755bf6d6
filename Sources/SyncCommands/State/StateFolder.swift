import AtomicFile
import Directory
import FoundationEssentials
import Glibc

/// A folder for what must be remembered from run to run, held by one run at a time.
struct StateFolder: Sendable {
    let path: String

    /// Creates the folder and those above it, mode 0700.
    init(creating path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(.cannotCreate, "state_folder: \(path) cannot be created: \(SystemError(code: errno))")
        }
    }

    /// A folder that may not be there, to be looked at only.
    init(readingOnly path: String) { self.path = path }

    /// Reads a state file; nil when there is none.
    ///
    /// - Throws: ``CommandFailure`` for one that cannot be understood: state is never silently begun anew.
    func read<State: Decodable>(_ type: State.Type, from name: String) throws -> State? {
        let file = "\(path)/\(name)"
        guard let data = FileManager.default.contents(atPath: file) else {
            guard FileManager.default.fileExists(atPath: file) else { return nil }
            throw CommandFailure(.inputOutput, "\(file) cannot be read")
        }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch {
            throw CommandFailure(
                .badData,
                "\(file) cannot be understood: restore it from a backup, or move it away to begin anew, without "
                    + "protection against old files for one run")
        }
    }

    func write(_ state: some Encodable, to name: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try AtomicFile.write(Array(try encoder.encode(state)) + [UInt8(ascii: "\n")], to: "\(path)/\(name)")
    }
}

/// Held while a run may write; the system gives it back when the process ends, however it ends.
final class RunLock: Sendable {
    private let descriptor: Int32

    /// - Throws: ``CommandFailure`` with status 75 when another run holds the lock.
    init(in folder: StateFolder) throws {
        let path = "\(folder.path)/lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure(.cannotCreate, "\(path) cannot be opened: \(SystemError(code: errno))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = (try? FileReading.bytes(path)).map { String(decoding: $0, as: UTF8.self).printable } ?? ""
            close(descriptor)
            throw CommandFailure(
                .tryAgain,
                "another run is at work\(holder.isEmpty ? "" : ": \(holder)"); \(path) is locked until it ends: try again later"
            )
        }
        // For the message above; what it says means nothing once the lock is free.
        ftruncate(descriptor, 0)
        Terminal.write(Array(Self.holder.utf8), to: descriptor)
    }

    /// `` `import`, process 4711, since 2026-11-20T08:15:01Z``. Options are left out: one may hold a secret.
    private static var holder: String {
        let command = CommandLine.arguments.dropFirst().prefix { !$0.hasPrefix("-") }.prefix(2)
        let now = Timestamp.current().roundedDownToSecond.iso8601(.withZone)
        return "`\(command.joined(separator: " "))`, process \(getpid()), since \(now)"
    }

    /// Keeps the lock until the call: Swift may end an object's life after its last use.
    @inline(never)
    func holdUntilHere() {}

    deinit { close(descriptor) }
}
