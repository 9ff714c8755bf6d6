/// Why entries cannot be answered as somebody wished. Nothing is written then.
public struct AnsweringError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A sentence each, with the id of the entry.
    public let problems: [String]

    public init(_ problems: [String]) { self.problems = problems }

    public var description: String { problems.joined(separator: "\n") }
}
