public import Directory
public import SyncPlan

/// What became of one operation. It exists only after the server's answer, or once it is sure that nothing was sent.
public struct Outcome: Sendable {
    public enum Result: Sendable, Equatable {
        case done
        case failed(DirectoryFailure)
        /// Not attempted, because something it stands on failed.
        case skipped(String)
    }

    public let operation: Operation
    public let result: Result

    public init(operation: Operation, result: Result) {
        self.operation = operation
        self.result = result
    }

    public var isDone: Bool { result == .done }
}
