import Glibc

/// Where a file is, however its path is written, through links and all. The file need not be there yet.
struct FilePlace: Hashable, Sendable {
    private let path: String

    init(_ path: String) {
        self.path = Self.resolved(path) ?? Self.resolvedInFolder(path) ?? path
    }

    private static func resolvedInFolder(_ path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.last, !name.isEmpty else { return nil }
        let folder = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/") + "/"
        return resolved(folder).map { "\($0)/\(name)" }
    }

    /// With its links followed; nil for a file that is not there.
    static func resolved(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
