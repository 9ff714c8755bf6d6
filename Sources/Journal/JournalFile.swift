import AtomicFile
import Directory
import FoundationEssentials
public import SyncRun
import Synchronization

/// The journal of one run, while it is written.
public final class JournalFile: RunJournal {
    private struct State {
        /// Of all that was announced, by number - 1.
        var verbs: [RecordedIntention.Verb] = []
        /// Of those that ``SyncRun/ChangeTally`` has to know by more than their verb, by number.
        var identities: [Int: ChangeTally.Identity] = [:]
        var counts = RunCounts()
        var tally = ChangeTally()
        var failure: (any Error)?
        /// That answered, in this order; each once.
        var servers: [String]
        var server: String
    }

    private let file: AppendOnlyFile
    private let now: @Sendable () -> Timestamp
    private let state: Mutex<State>

    public var path: String { file.path }

    /// Why the journal could not be written, once that happened: nothing was sent after that.
    public var failure: (any Error)? { state.withLock { $0.failure } }

    init(creating path: String, _ header: RunHeader, now: @escaping @Sendable () -> Timestamp) throws {
        self.now = now
        state = Mutex(State(servers: [header.target.server], server: header.target.server))
        file = try AppendOnlyFile(creating: path)
        do {
            try file.append(Self.bytes(of: [.run(header)]))
        } catch {
            // It would look like a run that was killed. That this fails too is not worth hiding the first error for.
            try? AtomicFile.remove(path)
            throw error
        }
    }

    /// A file is imported again, or another one, by the same run.
    ///
    /// - Throws: ``AtomicFile/AtomicFileError``.
    public func note(_ imported: ImportedFile) throws {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            try file.append(Self.bytes(of: [.file(imported, at: now().journalText)]))
        }
    }

    public func note(server: String) {
        state.withLock { state in
            guard state.failure == nil, state.server != server else { return }
            state.server = server
            if !state.servers.contains(server) { state.servers.append(server) }
            do {
                try file.append(Self.bytes(of: [.server(server, at: now().journalText)]))
                try file.sync()
            } catch {
                state.failure = error
            }
        }
    }

    public func announce(_ intentions: [Intention]) throws(JournalFailure) -> Int {
        do {
            return try state.withLock { state in
                if let failure = state.failure { throw failure }
                do {
                    let (first, time) = (state.verbs.count + 1, now().journalText)
                    let recorded = intentions.enumerated().map { index, intention in
                        RecordedIntention(intention, number: first + index, at: time)
                    }
                    try file.append(Self.bytes(of: recorded.map(JournalLine.intention)))
                    try file.sync()
                    state.verbs += recorded.map(\.verb)
                    for intention in recorded { state.identities[intention.number] = intention.countedIdentity }
                    return first
                } catch {
                    state.failure = error
                    throw error
                }
            }
        } catch {
            throw JournalFailure("\(error)")
        }
    }

    public func record(_ result: Outcome.Result, of number: Int) {
        state.withLock { state in
            let answer = RecordedAnswer(result, number: number, at: now().journalText)
            let verb = state.verbs[number - 1]
            state.counts.count(answer.result, of: verb)
            state.tally.count(answer.result, of: verb, state.identities[number])
            guard state.failure == nil else { return }
            do {
                try file.append(Self.bytes(of: [.answer(answer)]))
            } catch {
                state.failure = error
            }
        }
    }

    /// The last line.
    ///
    /// - Throws: ``AtomicFile/AtomicFileError``, also that of an earlier attempt to write.
    public func end(_ result: RunEnd.Word, _ message: String? = nil) throws {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            var counts = state.counts
            let answered = counts.done.values.reduce(0, +) + counts.failed + counts.skipped
            counts.unanswered = state.verbs.count - answered
            let end = RunEnd(
                at: now().journalText, result: result, message: message, operations: counts,
                users: state.tally.byVerb, servers: state.servers.count > 1 ? state.servers : nil)
            try file.append(Self.bytes(of: [.end(end)]))
            try file.sync()
        }
    }

    /// One line for each, whatever is in the strings: JSON has no raw line feed.
    static func bytes(of lines: [JournalLine]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var bytes: [UInt8] = []
        for line in lines {
            bytes += try encoder.encode(line)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }
}
