/// The known name most like an unknown one: a slip of the keyboard, another style (`userPath`), or at worst a guess.
public struct NearestName {
    public let name: String
    /// Whether a slip is likely: at most two edits, or a third of the name.
    public let isClose: Bool

    /// Whatever follows, in characters, is like no name.
    private static let longest = 64

    /// Nil when there are no names to choose from. Of equally near names the first wins.
    public init?(to text: String, among names: [String]) {
        let text = Self.plain(String(text.prefix(Self.longest)))
        let rated = names.map { (name: $0, distance: Self.editDistance(text, Self.plain($0))) }
        guard let nearest = rated.min(by: { $0.distance < $1.distance }) else { return nil }
        name = nearest.name
        isClose = nearest.distance <= max(2, nearest.name.count / 3)
    }

    /// Of many names the nearest, each once, the nearest first; none that is too far off to be a slip.
    public static func several(near text: String, among names: [String], limit: Int) -> [String] {
        let text = plain(String(text.prefix(longest)))
        var seen: Set<[UInt8]> = []
        let rated = names.filter { seen.insert(Array($0.utf8)).inserted }
            .map { (name: $0, distance: editDistance(text, plain($0))) }
            .filter { $0.distance <= max(2, text.count / 2) }
        return rated.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(limit).map(\.name)
    }

    /// Without what other naming styles do differently.
    private static func plain(_ text: String) -> [Character] {
        Array(text.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " })
    }

    /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
    private static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (row, character) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let substitution = previous[column] + (character == other ? 0 : 1)
                var best = min(substitution, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, character == right[column - 1], left[row - 1] == other {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
