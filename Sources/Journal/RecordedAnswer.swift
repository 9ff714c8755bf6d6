import Directory
import SyncRun

/// What became of an announced operation.
public struct RecordedAnswer: Codable, Sendable, Equatable {
    public enum Word: String, Codable, Sendable {
        /// The server confirmed it.
        case done
        /// See ``RecordedAnswer/kind``: of `unanswered`, nobody knows whether it happened.
        case failed
        /// Never sent, because something it stands on failed.
        case skipped
    }

    /// Of the intention.
    public let number: Int
    public let at: String
    public let result: Word
    /// Of a failure: ``Directory/DirectoryFailure/Kind-swift.enum``.
    public let kind: String?
    /// The LDAP result code, where a server gave one.
    public let code: Int?
    public let message: String?
    /// The domain controller that owes the answer, where that is not the one that the run went on with.
    public let server: String?

    init(_ result: Outcome.Result, number: Int, at time: String) {
        self.number = number
        at = time
        if case .failed(let failure) = result { server = failure.server } else { server = nil }
        switch result {
        case .done: (self.result, kind, code, message) = (.done, nil, nil, nil)
        case .failed(let failure):
            (self.result, kind, code, message) = (.failed, failure.kind.rawValue, failure.resultCode, failure.message)
        case .skipped(let reason): (self.result, kind, code, message) = (.skipped, nil, nil, reason)
        }
    }
}

/// The last line of the journal of a run that ended.
public struct RunEnd: Codable, Sendable, Equatable {
    public enum Word: String, Codable, Sendable {
        case done
        /// Single operations failed; the rest was done.
        case partlyFailed = "partly failed"
        /// A brake held something back.
        case heldBack = "held back"
        /// By a signal.
        case interrupted
        /// It gave up; ``RunEnd/message`` says why.
        case failed
    }

    public let at: String
    public let result: Word
    public let message: String?
    /// Of operations: what a reader checks the lines above it by.
    public let operations: RunCounts
    /// Of users: confirmed by the server, by verb, as ``SyncRun/ChangeTally`` counts them. Nil in a journal of a version
    /// that did not count them.
    public let users: [String: Int]?
    /// The domain controllers that answered, where it was more than the one of the header.
    public let servers: [String]?

    enum CodingKeys: String, CodingKey {
        case at, result, message, users, servers
        case operations = "counts"
    }
}

/// What a run did, in numbers.
public struct RunCounts: Codable, Sendable, Equatable {
    /// Confirmed by the server, by verb (``RecordedIntention/Verb-swift.enum``): of users where a run is told, of
    /// operations in the last line of its journal.
    public internal(set) var done: [String: Int] = [:]
    public internal(set) var failed = 0
    public internal(set) var skipped = 0
    /// Announced, and no answer recorded.
    public internal(set) var unanswered = 0

    mutating func count(_ result: RecordedAnswer.Word, of verb: RecordedIntention.Verb) {
        switch result {
        case .done: done[verb.rawValue, default: 0] += 1
        case .failed: failed += 1
        case .skipped: skipped += 1
        }
    }
}
