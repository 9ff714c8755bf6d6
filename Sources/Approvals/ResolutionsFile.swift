import AtomicFile
import FoundationEssentials
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
    public func read() throws(ResolutionsFileError) -> [Resolution] {
        guard let data = FileManager.default.contents(atPath: path) else {
            if FileManager.default.fileExists(atPath: path) {
                throw ResolutionsFileError(path: path, problems: ["it cannot be read"])
            }
            return []
        }
        return try decode(data)
    }

    /// Replaces the file as a whole, mode 0600.
    public func write(_ resolutions: [Resolution]) throws {
        try AtomicFile.write(Self.encode(resolutions), to: path)
    }

    /// Writes what a run made of the entries it had read. Answers that were given while it was at work are kept, and
    /// take the place of the question they answer.
    public func replace(_ entriesRead: [Resolution], with settled: [Resolution]) throws {
        let known = Set(entriesRead)
        let late = try read().filter { $0.accept != nil && !known.contains($0) }
        let answered = Set(late.compactMap(\.id))
        let kept = settled.filter { $0.accept != nil || !answered.contains($0.id ?? "") }
        let result = kept + late
        // A file that says the same is left alone, and none is begun for nothing.
        guard result != entriesRead else { return }
        try write(result)
    }

    func decode(_ data: Data) throws(ResolutionsFileError) -> [Resolution] {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: Data(data.withoutByteOrderMark))
        } catch {
            throw ResolutionsFileError(path: path, problems: [ResolutionsFileError.describe(error)])
        }
        var resolutions: [Resolution] = []
        var problems: [String] = []
        for (offset, readable) in document.resolutions.enumerated() {
            switch readable {
            case .failure(let error): problems.append(ResolutionsFileError.describe(error))
            case .success(let entry):
                do throws(EntryProblems) {
                    resolutions.append(try entry.resolution())
                } catch {
                    problems += error.texts.map { "entry \(offset + 1)\(entry.label): \($0)" }
                }
            }
        }
        guard problems.isEmpty else { throw ResolutionsFileError(path: path, problems: problems) }
        return resolutions
    }

    static func encode(_ resolutions: [Resolution]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = ["resolutions": resolutions.map(ResolutionEntry.init)]
        return Array(try encoder.encode(document)) + [UInt8(ascii: "\n")]
    }

    /// Each entry on its own, so that all faults of a file are told at once.
    private struct Document: Decodable {
        let resolutions: [Result<ResolutionEntry, any Error>]

        private enum CodingKeys: CodingKey { case resolutions }

        private struct Readable: Decodable {
            let entry: Result<ResolutionEntry, any Error>

            init(from decoder: any Decoder) {
                entry = Result { try ResolutionEntry(from: decoder) }
            }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            resolutions = try container.decode([Readable].self, forKey: .resolutions).map(\.entry)
        }
    }
}

extension Data {
    /// Editors on Windows like to put one.
    fileprivate var withoutByteOrderMark: Data.SubSequence {
        starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self[...]
    }
}

/// What is wrong with a resolutions file. Nothing of it is used then, and it is not written.
public struct ResolutionsFileError: Error, Sendable, Equatable, CustomStringConvertible {
    public let path: String
    public let problems: [String]

    public var description: String {
        problems.map { "\(path): \($0)" }.joined(separator: "\n")
    }

    /// A decoder's error without the values it stumbled over, which may be passwords.
    static func describe(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            "\(place(context)): \"\(key.stringValue)\" is missing"
        case DecodingError.typeMismatch(let type, let context):
            "\(place(context)): the value has the wrong type, expected \(name(of: type))"
        case DecodingError.valueNotFound(let type, let context):
            "\(place(context)): the value is null, expected \(name(of: type))"
        case DecodingError.dataCorrupted: "it is not valid JSON"
        default: "it cannot be understood"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map { key in
            key.intValue.map { "entry \($0 + 1)" } ?? key.stringValue
        }
        return path.isEmpty ? "at the top" : path.joined(separator: ", ")
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is [Any].Type: "a list"
        default: "an object"
        }
    }
}
