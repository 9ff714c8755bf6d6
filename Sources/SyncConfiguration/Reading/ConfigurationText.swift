import StrictJSON

/// The text of a configuration file, which may come from a Windows editor.
enum ConfigurationText {
    /// Decodes UTF-8, with or without a byte order mark.
    ///
    /// - Throws: A problem that names the encoding. Another encoding is never guessed at: a wrong guess would change the
    ///   names of groups and containers.
    static func decode(_ bytes: [UInt8]) throws(ConfigurationProblem) -> UTF8Text {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0) {
            throw ConfigurationProblem(fault: .unreadable("the file is UTF-16 or no text; save it as UTF-8"))
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if let text = UTF8Text(validating: content) { return text }
        // A line feed is never part of a longer UTF-8 sequence, so the fault can be sought line by line.
        let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let line = lines.firstIndex { UTF8Text(validating: Array($0)) == nil } ?? 0
        throw ConfigurationProblem(
            position: SourcePosition(line: line + 1, column: 1),
            fault: .unreadable("not UTF-8, probably Windows-1252 (\"ANSI\"); save the file as UTF-8")
        )
    }
}
