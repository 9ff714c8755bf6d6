import DistinguishedNames

/// The words that passwords are made of: UTF-8, a word in each line; blank lines and lines that begin with `#` are none.
public struct PasswordWordList: Sendable {
    /// At least two, in the order of the file; those that differ in case only stand once, since that makes no other
    /// password at the beginning of one.
    let words: [String]

    /// - Parameter path: of the file, for error messages.
    /// - Throws: ``PasswordWordListError`` for text that is no UTF-8, for a line of several words, and for less than two
    ///   words.
    public init(contents: [UInt8], path: String) throws(PasswordWordListError) {
        var words: [String] = []
        var seen: Set<NameKey> = []
        for (index, bytes) in contents.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            guard let line = String(validating: bytes, as: UTF8.self) else {
                throw PasswordWordListError(path: path, line: index + 1, problem: "it is no UTF-8 text")
            }
            let fields = line.unicodeScalars.split { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
            guard let word = fields.first, word.first != "#" else { continue }
            guard fields.count == 1 else {
                throw PasswordWordListError(path: path, line: index + 1, problem: "it has more than one word")
            }
            guard !word.contains(where: \.isControl) else {
                throw PasswordWordListError(path: path, line: index + 1, problem: "it has a control character")
            }
            let text = String(word)
            if seen.insert(NameKey(text)).inserted { words.append(text) }
        }
        guard words.count > 1 else {
            throw PasswordWordListError(
                path: path, line: nil, problem: "it has \(words.isEmpty ? "no words" : "one word only")")
        }
        self.words = words
    }

    public var count: Int { words.count }
}

/// Why a file cannot serve as a word list. Nothing of its contents is quoted: they are parts of passwords.
public struct PasswordWordListError: Error, Sendable, CustomStringConvertible {
    public let path: String
    /// From 1; nil where it is about the file as a whole.
    public let line: Int?
    public let problem: String

    public var description: String {
        "password_wordlist: \(path)\(line.map { ", line \($0)" } ?? ""): \(problem)"
    }
}
