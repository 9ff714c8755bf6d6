import Directory

/// Everything that is wrong with one configuration file, so that it can be put right in one go.
///
/// A command ends with status 78 (`EX_CONFIG`) on it.
public struct ConfigurationError: Error, Hashable, Sendable {
    /// The file's path as the caller gave it.
    public let file: String
    /// In the order of the file; what is missing comes last.
    public let problems: [ConfigurationProblem]

    init(file: String, problems: [ConfigurationProblem]) {
        self.file = file
        let placed = problems.compactMap { problem in problem.position.map { (position: $0, problem: problem) } }
        // The sort is stable: problems of one value keep the order they were found in.
        self.problems =
            placed.sorted { $0.position < $1.position }.map(\.problem) + problems.filter { $0.position == nil }
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// A heading and one line for each problem.
    public var description: String {
        let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
        return (["\(file): \(count)"] + problems.map { "  \($0)".printable }).joined(separator: "\n")
    }
}
