import AtomicFile
import FoundationEssentials
import StrictJSON
public import SyncPlan

/// The resolutions file: answers and questions, for people and programs, UserSync's own included.
///
/// ```
/// {"resolutions": [ { "type": "enable", "id": "…", "user": "…", "accept": null, … } ]}
/// ```
public struct ResolutionsFile: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// The entries, in the order of the file; none when there is no file yet.
    ///
    /// - Throws: ``ResolutionsFileError`` with every fault of the file.
    public func read() throws(ResolutionsFileError) -> [Resolution] { try content() ?? [] }

    /// The same; nil when there is no file.
    ///
    /// - Throws: ``ResolutionsFileError`` with every fault of the file.
    public func content() throws(ResolutionsFileError) -> [Resolution]? {
        guard let data = FileManager.default.contents(atPath: path) else {
            if FileManager.default.fileExists(atPath: path) {
                throw ResolutionsFileError(path: path, problems: ["it cannot be read"])
            }
            return nil
        }
        return try decode(data)
    }

    /// Replaces the file as a whole, mode 0600.
    public func write(_ resolutions: [Resolution]) throws {
        try AtomicFile.write(Self.encode(resolutions), to: path)
    }

    /// Writes what a run made of the entries it had read. What others wrote while it was at work is kept: see
    /// ``Swift/Array/merged(with:since:)``.
    public func replace(_ entriesRead: [Resolution], with settled: [Resolution]) throws {
        try update { current in settled.merged(with: current, since: entriesRead) }
    }

    /// Reads the entries, and replaces them with what `change` makes of them; nobody else who does the same comes in
    /// between. When `change` throws, nothing is written. It must not wait for anything.
    public func update(_ change: ([Resolution]) throws -> [Resolution]) throws {
        try AtomicFile.withLock(on: path) {
            AtomicFile.removeLeftovers(of: path)
            let current = try read()
            let result = try change(current)
            // A file that says the same is left alone, and none is begun for nothing.
            guard result != current else { return }
            try write(result)
        }
    }

    func decode(_ data: Data) throws(ResolutionsFileError) -> [Resolution] {
        // Editors on Windows like to put a byte order mark.
        let bytes = data.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(data.dropFirst(3)) : Array(data)
        guard let text = UTF8Text(validating: bytes) else {
            throw ResolutionsFileError(path: path, problems: ["it is not UTF-8; save it as UTF-8"])
        }
        let document: JSONNode
        do {
            document = try JSONReader.read(text, limits: JSONLimits(depth: 8))
        } catch {
            let place = text.position(at: error.offset)
            throw ResolutionsFileError(
                path: path, problems: ["line \(place.line), column \(place.column): \(error.problem)"])
        }
        guard case .object(let members) = document.value,
            case .array(let entries)? = members["resolutions"]?.value.value
        else {
            throw ResolutionsFileError(
                path: path, problems: ["expected an object with the key \"resolutions\" and a list of entries"])
        }
        let positions = SourcePositions(text)
        var resolutions: [Resolution] = []
        var problems: [String] = []
        for entry in entries {
            var reader = ResolutionEntryReader(entry, in: positions)
            if let resolution = reader.resolution() { resolutions.append(resolution) }
            problems += reader.problems
        }
        guard problems.isEmpty else { throw ResolutionsFileError(path: path, problems: problems) }
        return resolutions
    }

    static func encode(_ resolutions: [Resolution]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = Document(resolutions: resolutions.map { ResolutionEntry($0) })
        return Array(try encoder.encode(document)) + [UInt8(ascii: "\n")]
    }

    private struct Document: Encodable {
        let resolutions: [ResolutionEntry]
    }
}

/// What is wrong with a resolutions file. Nothing of it is used then, and it is not written.
public struct ResolutionsFileError: Error, Sendable, Equatable, CustomStringConvertible {
    public let path: String
    public let problems: [String]

    public var description: String {
        problems.map { "\(path): \($0)" }.joined(separator: "\n")
    }
}
