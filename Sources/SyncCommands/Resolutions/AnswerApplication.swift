import Approvals
import Directory
import SyncConfiguration
import SyncPlan
import SyncRun

/// Performs answers at once, each for itself, as the browser does.
struct AnswerApplication: Sendable {
    let run: ImportRun

    /// - Parameter ids: of entries that are answered with yes in the file.
    /// - Throws: ``CommandFailure`` when the file or the directory cannot be read; the answers stay for the next import.
    func perform(_ ids: Set<String>) async throws -> AppliedAnswers {
        let stopwatch = Stopwatch(run.environment)
        let ground = InteractiveGround(run: run, command: "resolutions accept --apply", stopwatch)
        return try ground.conclude(await Result(awaiting: { try await apply(ids, ground, stopwatch) })) { $0.status }
    }

    private func apply(
        _ ids: Set<String>, _ ground: InteractiveGround, _ stopwatch: Stopwatch
    ) async throws -> AppliedAnswers {
        let domain = try await run.openDirectory(.ofASession)
        let session = try ApprovalSession(
            try await ground.look(domain), on: ground, file: run.resolutionsFile,
            maker: try run.configuration.passwords.maker(), connection: domain, logger: run.loggers.detail)
        let outcomes = try await session.performAnswers(ids)
        await session.close()
        return AppliedAnswers(
            outcomes: outcomes,
            run: stopwatch.record(
                directoryOperations: await session.operationCount, by: run.configuration.connection))
    }
}

/// What became of answers that were performed at once.
struct AppliedAnswers: Sendable, Encodable {
    let outcomes: [DecisionOutcome]
    let run: RunRecord

    var status: ExitStatus { outcomes.allSatisfy { $0.result.isFine } ? .done : .partlyFailed }

    /// One entry of the document.
    private struct Entry: Encodable {
        let id: String
        let user: String
        let result: String
        let details: [String]
    }

    private enum CodingKeys: String, CodingKey { case results, run }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(run, forKey: .run)
        try container.encode(
            outcomes.compactMap { outcome in
                outcome.action.map { action in
                    Entry(
                        id: action.id, user: action.person.commonName, result: outcome.result.word,
                        details: outcome.result.details)
                }
            }, forKey: .results)
    }

    // MARK: for people

    func lines(_ terminal: Terminal) -> [String] {
        var table = TextTable()
        for outcome in outcomes {
            let colour: Terminal.Colour = outcome.result.isFine ? .green : .red
            table.add(
                terminal.paint(outcome.result.word, colour), (outcome.action?.whom ?? "").printable,
                outcome.result.details.counted.joined(separator: "; ").printable)
        }
        table.add("took", run.duration)
        table.add("by", run.by.words)
        return table.lines(columns: terminal.columns)
    }
}

extension DecisionOutcome.Result {
    fileprivate var isFine: Bool {
        switch self {
        case .done, .recorded: true
        case .failed, .kept, .obsolete: false
        }
    }

    fileprivate var word: String {
        switch self {
        case .done: "done"
        case .recorded: "recorded"
        case .failed: "failed"
        case .kept: "kept"
        case .obsolete: "obsolete"
        }
    }

    fileprivate var details: [String] {
        switch self {
        case .done(let sentences): sentences
        case .recorded: []
        case .failed(let reason), .kept(let reason), .obsolete(let reason): [reason]
        }
    }
}

extension ApprovalAction {
    fileprivate var whom: String {
        members.isEmpty ? "\(person.commonName) (\(person.accountName))" : "\(people.count) people"
    }
}

extension [String] {
    /// Each once, in the order of its first appearance, with how often it stands there where that is not once.
    fileprivate var counted: [String] {
        var counts: [String: Int] = [:]
        for text in self { counts[text, default: 0] += 1 }
        return compactMap { text in
            counts.removeValue(forKey: text).map { $0 == 1 ? text : "\(text) (\($0) times)" }
        }
    }
}
