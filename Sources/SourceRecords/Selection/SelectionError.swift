public import Directory

/// Why it cannot be told who is meant: a matter for the operator, who named somebody.
public struct SelectionError: Error, Sendable, Equatable {
    public enum Fault: Sendable, Equatable {
        /// - Parameter near: all names there are, for whoever looks for the nearest.
        case nobody(name: String, near: [String])
        case several(name: String, [Candidate])
        case unknownGroup(name: String, known: [String])
        case severalGroups(name: String, [String])
        /// - Parameter position: in the text of the filter, in characters from 1.
        case unknownAttribute(AttributeName, position: Int, known: [AttributeName])
        /// Groups and filter are sound, and nobody of the file is meant by them.
        case empty(records: Int)
    }

    /// One of several who may be meant.
    public struct Candidate: Sendable, Equatable {
        public let commonName: String
        public let accountName: String
        /// What tells this one from the others, as `mail jdoe@source.test`.
        public let details: [String]
    }

    public let faults: [Fault]
}
