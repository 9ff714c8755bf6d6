import FoundationEssentials

/// Text of a header in which anything may stand (RFC 2047).
enum EncodedWords {
    /// Plain ASCII stays as it is; everything else becomes encoded words, each whole characters and on a line of its own.
    ///
    /// - Parameter text: one line.
    static func text(for text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
        guard !isPlain else { return text }
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > bytesOfOneWord { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\n ")
    }

    /// Of which 64 characters are made; behind "Subject: " that is within the 76 that a line may have (section 2).
    private static let bytesOfOneWord = 39
}
