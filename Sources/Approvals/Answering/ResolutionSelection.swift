public import SyncPlan

/// Which entries an operator speaks of.
public enum ResolutionSelection: Sendable {
    /// By their ids, each of which may be shortened to a beginning that no other has.
    case ids([String])
    case filter(ResolutionFilter)

    /// What is to happen to them: it decides which entries can be meant.
    public enum Purpose: Sendable {
        /// Accept or reject: what waits.
        case answer
        /// What was answered.
        case reset
    }

    /// In letters of an id.
    public static let shortestBeginning = 4

    /// The entries that are meant, in the order of the file and each once.
    ///
    /// A filter leaves out what cannot be meant; and to reset, names and grants in force that it does not ask for by
    /// their kind, since taking them back changes accounts.
    ///
    /// - Throws: ``AnsweringError`` for every id that is unknown, ambiguous, too short, or not in the right state; and
    ///   when nothing is left.
    public func entries(of file: [Resolution], to purpose: Purpose) throws(AnsweringError) -> [Resolution] {
        switch self {
        case .ids(let ids): try Self.named(ids, in: file, to: purpose)
        case .filter(let filter): try Self.matching(filter, in: file, to: purpose)
        }
    }

    private static func matching(
        _ filter: ResolutionFilter, in file: [Resolution], to purpose: Purpose
    ) throws(AnsweringError) -> [Resolution] {
        let matching = file.filter(filter.matches)
        let found = matching.filter { entry in
            // A decision about many is looked at, and named.
            if purpose == .answer, !entry.members.isEmpty { return false }
            return entry.state != .standing ? purpose.concerns(entry) : purpose.concerns(entry) && !filter.kinds.isEmpty
        }
        guard found.isEmpty else { return found }
        guard !matching.isEmpty else { throw AnsweringError(["nothing in the file matches"]) }
        let states = Resolution.State.allCases.compactMap { state in
            let count = matching.count { $0.state == state }
            return count > 0 ? "\(count) \(state.rawValue)" : nil
        }
        let wanted =
            switch purpose {
            case .answer: "waits (a decision about many is answered by its id)"
            case .reset: "was answered (names and grants in force are meant only with --kind, or by their ids)"
            }
        throw AnsweringError(["nothing that matches \(wanted): \(states.joined(separator: ", "))"])
    }

    private static func named(
        _ ids: [String], in file: [Resolution], to purpose: Purpose
    ) throws(AnsweringError) -> [Resolution] {
        var problems: [String] = []
        var chosen = Set<Int>()
        for id in ids {
            switch place(of: id, in: file, to: purpose) {
            case .success(let place): chosen.insert(place)
            case .failure(let error): problems += error.problems
            }
        }
        guard problems.isEmpty else { throw AnsweringError(problems) }
        return chosen.sorted().map { file[$0] }
    }

    private static func place(
        of id: String, in file: [Resolution], to purpose: Purpose
    ) -> Result<Int, AnsweringError> {
        func refusal(_ problem: String) -> Result<Int, AnsweringError> {
            .failure(AnsweringError(["\(id): \(problem)"]))
        }
        let wanted = Array(id.lowercased().utf8)
        let exact = file.indices.filter { file[$0].idBytes == wanted }
        let found = exact.isEmpty ? file.indices.filter { file[$0].idBytes?.starts(with: wanted) == true } : exact
        guard !exact.isEmpty || wanted.count >= shortestBeginning else {
            return refusal("too short: a beginning of an id has \(shortestBeginning) characters or more")
        }
        guard let first = found.first else { return refusal("no entry has this id") }
        let names = Set(found.compactMap { file[$0].id })
        guard names.count == 1 else {
            return refusal("more than one entry: \(names.sorted().joined(separator: ", "))")
        }
        // An answer written by hand may stand beside its question.
        if let place = found.first(where: { purpose.concerns(file[$0]) }) { return .success(place) }
        return refusal(purpose.refusal(of: file[first]))
    }
}

extension ResolutionSelection.Purpose {
    fileprivate func concerns(_ entry: Resolution) -> Bool {
        switch self {
        case .answer: entry.state == .waiting
        case .reset: entry.state != .waiting
        }
    }

    /// For an entry of which ``concerns(_:)`` is false.
    fileprivate func refusal(of entry: Resolution) -> String {
        switch entry.state {
        case .waiting: "\(entry.kind.rawValue) for \(entry.user) waits already"
        case .accepted: "\(entry.kind.rawValue) for \(entry.user) was accepted already; reset it first"
        case .rejected: "\(entry.kind.rawValue) for \(entry.user) was rejected already; reset it first"
        case .standing: "\(entry.kind.rawValue) for \(entry.user) was accepted and is in force; reset it first"
        }
    }
}

extension Resolution {
    fileprivate var idBytes: [UInt8]? { id.map { Array($0.lowercased().utf8) } }
}
