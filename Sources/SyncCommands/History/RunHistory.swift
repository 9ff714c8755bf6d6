import Directory
import FoundationEssentials
import Journal
import SyncRun

/// The journals below a state folder, of every container that ever was imported into from here.
struct RunHistory {
    /// One for each container that has journals.
    private let folders: [JournalFolder]

    init(stateFolder: String) throws {
        let manager = FileManager.default
        guard manager.fileExists(atPath: stateFolder) else {
            folders = []
            return
        }
        guard let names = try? manager.contentsOfDirectory(atPath: stateFolder) else {
            throw CommandFailure(.noInput, "state_folder: \(stateFolder) cannot be read")
        }
        folders = names.filter { GUID($0) != nil }.sorted().map { JournalFolder(in: "\(stateFolder)/\($0)") }
    }

    /// The latest runs, newest last.
    ///
    /// - Returns: also how many there are in all.
    func runs(last limit: Int, _ look: RunOutline.Look = .atItsEnds) throws -> (runs: [RunOutline], total: Int) {
        let all = try entries()
        return (try all.suffix(limit).map { try $0.folder.outline($0.id, look) }, all.count)
    }

    /// The latest run, instead of an id.
    static let last = "last"

    /// The one run whose id begins like this, or the latest.
    ///
    /// - Throws: ``CommandFailure`` with status 64 when there is none, or more than one.
    func run(_ beginning: String) throws -> (outline: RunOutline, run: RecordedRun) {
        let entry = try entry(beginning)
        return try entry.folder.told(entry.id)
    }

    /// The same, without what it did.
    func outline(_ beginning: String) throws -> RunOutline {
        let entry = try entry(beginning)
        return try entry.folder.outline(entry.id)
    }

    private func entry(_ beginning: String) throws -> (id: String, folder: JournalFolder) {
        let entries = try entries()
        let found =
            beginning == Self.last
            ? Array(entries.suffix(1)) : entries.filter { $0.id.utf8.starts(with: beginning.utf8) }
        guard let entry = found.first else {
            throw CommandFailure(
                .usage,
                beginning == Self.last
                    ? "no run is recorded"
                    : "no run's id begins with \"\(beginning.printable)\"; `history` lists them (a dry run is none of them)"
            )
        }
        guard found.count == 1 else {
            let ids = found.prefix(3).map(\.id).joined(separator: ", ")
            throw CommandFailure(
                .usage,
                "\(found.count) runs have an id that begins with \"\(beginning.printable)\" (\(ids)\(found.count > 3 ? ", …" : "")): "
                    + "give more of it")
        }
        return entry
    }

    private func entries() throws -> [(id: String, folder: JournalFolder)] {
        try folders.flatMap { folder in try folder.ids.map { (id: $0, folder: folder) } }.sorted { $0.id < $1.id }
    }
}

extension RunOutline.State {
    /// How the run ended, in a word or three.
    var word: String {
        switch self {
        case .ended(let end): end.result.rawValue
        case .atWork: "at work"
        case .didNotEnd: "did not end"
        }
    }

    var colour: Terminal.Colour {
        switch self {
        case .ended(let end):
            switch end.result {
            case .done: .green
            case .partlyFailed, .heldBack, .interrupted: .yellow
            case .failed: .red
            }
        case .atWork: .bold
        case .didNotEnd: .red
        }
    }
}

extension RunOutline {
    /// A sentence for each line that says nothing; of many, for the first.
    var losses: [String] {
        let told = unreadable.prefix(Self.lossesTold).map {
            "line \($0.line) of \(journal) cannot be read (\(counted($0.bytes, "byte")))"
        }
        let rest = unreadable.count - told.count
        return rest > 0 ? told + ["and \(counted(rest, "more line")) of it"] : told
    }

    private static let lossesTold = 5
}

extension RunCounts {
    /// `created 3, joined 5, failed 1`; `nothing` where nothing was to be done.
    var words: String {
        var parts = ChangeTally.Change.allCases.compactMap { change in
            done[change.rawValue].map { "\(change.participle) \($0)" }
        }
        for (word, count) in [("failed", failed), ("skipped", skipped), ("without an answer", unanswered)]
        where count > 0 {
            parts.append("\(word) \(count)")
        }
        return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
    }
}

extension RunHeader {
    /// What was typed; of an undo, also the run that it took back.
    var words: String { [command, undoes].compactMap(\.self).joined(separator: " ") }
}

extension RunHeader.Who {
    /// `anna@plant-sync`; behind `sudo`, whoever signed in.
    var words: String { "\(userWords)@\(host)" }

    /// Without the machine.
    var userWords: String {
        let name = user ?? "uid \(uid)"
        return loginUser.map { "\($0) as \(name)" } ?? name
    }
}
