import JSONShapes

extension ConfigurationCatalogue {
    /// Every key with its type, default, meaning and an example, for `--help`.
    ///
    /// - Parameters:
    ///   - width: The columns of the terminal. Examples are never broken, so that they can be pasted.
    ///   - names: Only those that are called so, such as `tls.ca_file`; all when nil.
    public func helpText(width: Int = 80, only names: Set<String>? = nil) -> String {
        (names.map(keys(called:)) ?? keys).map { $0.helpText(width: width) }.joined(separator: "\n\n")
    }
}

extension JSONField {
    /// A heading, then the indented meaning and example.
    func helpText(width: Int) -> String {
        let presence = defaultText.map { "default: \($0)" } ?? "required"
        let heading = "\(name) (\(kind); \(presence))"
        let lines = heading.wrapped(width: width, hangingIndent: 4) + summary.wrapped(width: width, indent: 4)
        return (lines + ["    Example: \(example)"]).joined(separator: "\n")
    }
}

extension String {
    /// Breaks at spaces into lines of at most `width` characters; a longer word gets a line of its own.
    ///
    /// - Parameters:
    ///   - indent: Spaces before the first line.
    ///   - hangingIndent: Spaces before the others; as many as before the first when nil.
    fileprivate func wrapped(width: Int, indent: Int = 0, hangingIndent: Int? = nil) -> [String] {
        var lines: [String] = []
        var line = String(repeating: " ", count: indent)
        var isEmpty = true
        for word in split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = String(repeating: " ", count: hangingIndent ?? indent)
                isEmpty = true
            }
            line += isEmpty ? String(word) : " \(word)"
            isEmpty = false
        }
        return lines + [line]
    }
}
