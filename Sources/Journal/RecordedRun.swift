import Directory
import FoundationEssentials
import SyncPlan
import SyncRun

/// A run as its journal tells it.
public struct RecordedRun: Sendable {
    public struct Step: Sendable, Equatable {
        public let intention: RecordedIntention
        /// Nil when none was recorded: nobody knows whether it happened.
        public fileprivate(set) var answer: RecordedAnswer?
        /// The domain controller that gave the answer; nil where there is none.
        public fileprivate(set) var server: String?
        /// Those that it may have been sent to, where there is no answer.
        fileprivate var owing: Set<String>
    }

    /// A line that says nothing: the last one of a run that was killed while it wrote, or one that was tampered with.
    public struct UnreadableLine: Codable, Sendable, Equatable {
        /// From 1.
        public let line: Int
        public let bytes: Int
    }

    public let id: String
    /// Nil when the run was killed before it had written it.
    public let header: RunHeader?
    /// Imported in the same run after the one of the header.
    public let laterFiles: [ImportedFile]
    /// In the order they were announced.
    public let steps: [Step]
    public let end: RunEnd?
    public let unreadable: [UnreadableLine]
    /// The last of them has no end: it was cut off while it was written.
    let isTorn: Bool
    /// The domain controllers that answered, each once.
    public let servers: [String]

    /// What was done to how many users, what failed, and so on, as far as it is recorded.
    public var counts: RunCounts {
        var counts = end?.operations ?? operations
        if let users = end?.users {
            counts.done = users
        } else if !steps.isEmpty {
            counts.done = tally.byVerb
        }
        return counts
    }

    private var operations: RunCounts {
        var counts = RunCounts()
        for step in steps {
            if let answer = step.answer {
                counts.count(answer.result, of: step.intention.verb)
            } else {
                counts.unanswered += 1
            }
        }
        return counts
    }

    private var tally: ChangeTally {
        var tally = ChangeTally()
        for step in steps {
            guard let answer = step.answer else { continue }
            tally.count(answer.result, of: step.intention.verb, step.intention.countedIdentity)
        }
        return tally
    }

    /// - Throws: ``JournalError`` for a journal of a later version of this program.
    init(id: String, bytes: [UInt8]) throws {
        self.id = id
        let decoder = JSONDecoder()
        var (header, end): (RunHeader?, RunEnd?) = (nil, nil)
        var laterFiles: [ImportedFile] = []
        var steps: [Step] = []
        var places: [Int: Int] = [:]
        var server: String?
        var servers: [String] = []
        /// The places of steps without an answer.
        var open = Set<Int>()
        var unreadable: [UnreadableLine] = []
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        // Behind the last line feed nothing is left, or a line that was cut off.
        let torn = lines.popLast() ?? []
        for (index, line) in lines.enumerated() {
            switch try? decoder.decode(JournalLine.self, from: Data(line)) {
            case .run(let found)? where found.format > RunHeader.currentFormat:
                throw JournalError(
                    "\(id) was written by a later version (\(found.version)) of this program", .laterFormat)
            case .run(let found)?:
                header = header ?? found
                server = server ?? found.target.server
                if servers.isEmpty { servers = [found.target.server] }
            case .server(let found, _)?:
                server = found
                // What has no answer yet may have been sent to this one, too.
                for place in open { steps[place].owing.insert(found) }
                if !servers.contains(found) { servers.append(found) }
            case .file(let file, _)?: laterFiles.append(file)
            case .intention(let intention)?:
                places[intention.number] = steps.count
                open.insert(steps.count)
                steps.append(Step(intention: intention, owing: server.map { [$0] } ?? []))
            case .answer(let answer)?:
                if let place = places[answer.number] {
                    steps[place].answer = answer
                    steps[place].server = answer.server ?? server
                    open.remove(place)
                } else {
                    unreadable.append(UnreadableLine(line: index + 1, bytes: line.count))
                }
            case .end(let found)?: end = found
            case nil: unreadable.append(UnreadableLine(line: index + 1, bytes: line.count))
            }
        }
        if !torn.isEmpty { unreadable.append(UnreadableLine(line: lines.count + 1, bytes: torn.count)) }
        self.header = header
        self.laterFiles = laterFiles
        self.steps = steps
        self.end = end
        self.unreadable = unreadable
        isTorn = !torn.isEmpty
        self.servers = servers
    }

    /// By servers that confirmed it, or never answered.
    var accountsCreated: [AwaitedAccount] {
        steps.flatMap { step -> [AwaitedAccount] in
            guard step.intention.verb == .create,
                let time = Timestamp(iso8601: step.answer?.at ?? step.intention.at)
            else { return [] }
            let servers: [String]
            switch step.answer?.result {
            case nil: servers = step.owing.sorted()
            case .failed where step.answer?.kind != DirectoryFailure.Kind.unanswered.rawValue: servers = []
            case .failed, .done: servers = [step.server].compactMap(\.self)
            case .skipped: servers = []
            }
            return servers.map { server in
                AwaitedAccount(
                    anchor: step.intention.person.anchor.flatMap(Anchor.init(stamp:)),
                    accountName: step.intention.person.accountName, server: server,
                    isConfirmed: step.answer?.result == .done, run: id, created: time)
            }
        }
    }
}

/// Why a journal cannot be read, or which one is meant is not clear; a sentence for the operator.
public struct JournalError: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable {
        case unreadable
        /// Of a later version of this program.
        case laterFormat
    }

    public let description: String
    public let kind: Kind

    init(_ description: String, _ kind: Kind = .unreadable) {
        self.description = description
        self.kind = kind
    }
}
