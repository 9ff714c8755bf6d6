import Approvals
import SyncPlan

/// What an import left in the resolutions file, in numbers: enough to notice that the file is gone, and to tell what is
/// lost with it.
struct RememberedAnswers: Codable, Sendable, Equatable {
    /// Absolute, with its links followed.
    let file: String
    /// Memberships that nothing else holds.
    var grants = 0
    /// Rejections of a `disable` or a `leave`: without them an import may do what a person has forbidden.
    var keeping = 0
    /// All others: they are asked again.
    var rejected = 0
    var names = 0
    /// Answers that could not be performed yet.
    var accepted = 0
    /// Questions without an answer.
    var waiting = 0

    /// Nil for no entries: a file that holds none, or was never begun, is not missed.
    init?(_ entries: [Resolution], in path: String) {
        guard !entries.isEmpty else { return nil }
        file = FilePlace.resolved(path) ?? path
        for entry in entries {
            switch (entry.state, entry.kind) {
            case (.waiting, _): waiting += 1
            case (.accepted, _): accepted += 1
            case (.standing, .grant): grants += 1
            case (.standing, _): names += 1
            case (.rejected, .disable), (.rejected, .leave): keeping += 1
            case (.rejected, _): rejected += 1
            }
        }
    }

    /// `1 grant, 2 rejections, 60 questions`.
    var words: String {
        let counts = [
            (grants, "grant", ""), (keeping, "rejection", " of a disable or leave"), (rejected, "rejection", ""),
            (names, "name", ""), (accepted, "accepted answer", ""), (waiting, "question", ""),
        ]
        return counts.filter { $0.0 > 0 }.map { counted($0.0, $0.1) + $0.2 }.joined(separator: ", ")
    }
}
