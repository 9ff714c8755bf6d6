import Foundation
import Glibc

/// A folder of its own for each test; gone with the last reference.
public final class TemporaryFolder: Sendable {
    private let url: URL

    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "ad-user-sync-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    public var path: String { url.path }

    public func path(_ name: String) -> String { url.appending(path: name).path }

    public func write(_ bytes: [UInt8], to name: String, permissions: Int = 0o600) throws {
        // As a whole: several programs may be reading it, and two writing the same.
        let temporary = path(".\(UUID().uuidString)")
        try Data(bytes).write(to: URL(filePath: temporary))
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: temporary)
        guard rename(temporary, path(name)) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    public func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    public func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path(name))))
    }

    public func text(_ name: String) throws -> String { String(decoding: try read(name), as: UTF8.self) }

    public func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    public func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

    public func permissions(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return (attributes[.posixPermissions] as? Int) ?? -1
    }

    /// Everything below the folder: path, with content and time of the last change. Equal when nothing was touched.
    public func fingerprint() throws -> [String: String] {
        var result: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
            let content = FileManager.default.contents(atPath: path(name)).map { $0.base64EncodedString() } ?? ""
            result[name] = "\(attributes[.modificationDate] ?? "") \(content)"
        }
        return result
    }
}
