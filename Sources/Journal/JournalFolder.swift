import AtomicFile
public import Directory
import FoundationEssentials
import Glibc
public import SyncPlan

/// The journals of one managed container: `<run id>.jsonl`, mode 0600.
public struct JournalFolder: Sendable {
    public let path: String

    /// - Parameter stateFolder: the container's.
    public init(in stateFolder: String) { path = "\(stateFolder)/journal" }

    // MARK: writing

    /// Begins the journal of a run; its header is the first line.
    ///
    /// - Throws: ``AtomicFile/AtomicFileError``.
    public func begin(_ header: RunHeader, now: @escaping @Sendable () -> Timestamp) throws -> JournalFile {
        try AtomicFile.createFolder(path)
        return try JournalFile(creating: file(header.run), header, now: now)
    }

    /// Removes the journals of runs that were over before `time`, never the newest one, nor one that is still written.
    ///
    /// - Throws: ``AtomicFile/AtomicFileError``.
    public func removeRuns(before time: Timestamp) throws {
        for id in try ids.dropLast() {
            guard Self.beginning(of: id) != nil, lastWritten(id) < time, !AppendOnlyFile.isHeld(file(id)) else {
                continue
            }
            try AtomicFile.remove(file(id))
        }
    }

    // MARK: reading

    /// Of all runs, oldest first.
    ///
    /// - Throws: ``JournalError`` for a folder that is there and cannot be read.
    public var ids: [String] {
        get throws {
            guard FileManager.default.fileExists(atPath: path) else { return [] }
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
                throw JournalError("\(path) cannot be read")
            }
            // A pipe would be waited for.
            return names.filter { $0.hasSuffix(Self.suffix) && type(of: "\(path)/\($0)") == S_IFREG }
                .map { String($0.dropLast(Self.suffix.count)) }.sorted()
        }
    }

    public func run(_ id: String) throws -> RecordedRun { try RecordedRun(id: id, bytes: try bytes(id)) }

    /// What a list tells of a run. Where the ends of its journal do not say how it ended, all of it is read.
    public func outline(_ id: String, _ look: RunOutline.Look = .atItsEnds) throws -> RunOutline {
        let path = file(id)
        if let ends = EndsOfFile(path: path), look == .atItsEnds || ends.size > Self.shortJournal,
            let lines = ends.lines
        {
            let short = try RecordedRun(id: id, bytes: lines)
            if let end = short.end, look == .atItsEnds || end.users != nil {
                return RunOutline(
                    id: id, journal: path, header: short.header, state: .ended(end), counts: short.counts,
                    servers: end.servers ?? short.servers, unreadable: [])
            }
        }
        return try told(id).outline
    }

    /// All of a run, and what a list tells of it.
    public func told(_ id: String) throws -> (outline: RunOutline, run: RecordedRun) {
        let path = file(id)
        // Asked first: who ends in between has written its last line by then.
        let isHeld = AppendOnlyFile.isHeld(path)
        let run = try run(id)
        return (RunOutline(run, journal: path, isHeld: isHeld), run)
    }

    /// In bytes; some thousand operations. Reading a list of thirty such takes no second.
    private static let shortJournal = 256 * 1024

    /// Runs that were killed since the last import that ended; newest first.
    public func unfinishedRuns(isImport: (RunHeader) -> Bool) throws -> [RunOutline] {
        var found: [RunOutline] = []
        for id in try ids.reversed() {
            let outline = try outline(id)
            switch outline.state {
            case .didNotEnd: found.append(outline)
            case .atWork: break
            case .ended: if outline.header.map(isImport) ?? false { return found }
            }
        }
        return found
    }

    /// Accounts that runs since `time` created on other domain controllers than `server`, as far as is known.
    ///
    /// Reads the first and the last line of each journal, and the whole of those with another server in them.
    ///
    /// - Throws: ``JournalError``.
    public func accountsCreated(since time: Timestamp, elsewhereThan server: String) throws -> [AwaitedAccount] {
        // Where something else stands in its place, no run begins, and that says so.
        guard type(of: path) == S_IFDIR else { return [] }
        var found: [AwaitedAccount] = []
        // By their last line: a session may have begun long before.
        for id in try ids where lastWritten(id) >= time {
            let outline = try outline(id)
            guard outline.servers.contains(where: { $0 != server }) else { continue }
            found += try run(id).accountsCreated.filter { $0.server != server && $0.created >= time }
        }
        return found
    }

    private static let suffix = ".jsonl"

    private func file(_ id: String) -> String { "\(path)/\(id)\(Self.suffix)" }

    private func lastWritten(_ id: String) -> Timestamp {
        var status = stat()
        guard lstat(file(id), &status) == 0 else { return Timestamp(unixSeconds: 0, nanoseconds: 0) }
        return Timestamp(unixSeconds: Int64(status.st_mtim.tv_sec), nanoseconds: Int64(status.st_mtim.tv_nsec))
    }

    /// S_IFREG and so on (inode(7)); nil where there is nothing.
    private func type(of path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    private func bytes(_ id: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: file(id)) else {
            throw JournalError("\(file(id)) cannot be read")
        }
        return Array(data)
    }

    /// `20261120T081500Z-5f3c9a1e` tells when the run began; nil for a file of somebody else's.
    private static func beginning(of id: String) -> Timestamp? {
        let digits = Array(id.utf8.prefix(15))
        guard digits.count == 15, digits[8] == UInt8(ascii: "T") else { return nil }
        func text(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        return Timestamp(
            iso8601: "\(text(0..<4))-\(text(4..<6))-\(text(6..<8))T\(text(9..<11)):\(text(11..<13)):\(text(13..<15))")
    }
}
