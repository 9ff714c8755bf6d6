import Directory
public import SyncPlan

/// An operation that is about to be sent, and the answer that allows it.
public struct Intention: Sendable {
    public let operation: Operation
    /// Nil for what needs no approval.
    public let approval: Approval?

    public init(operation: Operation, approval: Approval?) {
        self.operation = operation
        self.approval = approval
    }
}

/// Where a run writes down what it is about to do, and what became of it.
public protocol RunJournal: Sendable {
    /// Returns once the intentions would survive the end of this process and of the machine; only then is anything of
    /// them sent.
    ///
    /// - Returns: the number of the first; the others follow, one by one.
    /// - Throws: ``JournalFailure``; from then on, every call throws.
    func announce(_ intentions: [Intention]) throws(JournalFailure) -> Int

    /// The server's answer to an announced intention, or that nothing was sent. A journal that cannot take it says so at
    /// the next announcement.
    func record(_ result: Outcome.Result, of number: Int)

    /// From here on the answers are those of another server. One that cannot be noted shows as ``record(_:of:)`` says.
    func note(server: String)
}

/// Why a journal cannot be written: a sentence for the operator.
public struct JournalFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// The journal of a dry run, which does nothing that would have to be written down.
public struct NoJournal: RunJournal {
    public init() {}

    public func announce(_ intentions: [Intention]) throws(JournalFailure) -> Int { 0 }
    public func record(_ result: Outcome.Result, of number: Int) {}
    public func note(server: String) {}
}
