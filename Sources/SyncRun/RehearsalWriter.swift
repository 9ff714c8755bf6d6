public import Directory

/// The writer of a dry run: it takes every change and makes none.
public struct RehearsalWriter: DirectoryWriter {
    public init() {}

    public func apply(
        _ changes: [DirectoryChange], outcome: @escaping @Sendable (Int, Result<Void, DirectoryFailure>) -> Void
    ) async {
        for index in changes.indices { outcome(index, .success(())) }
    }
}
