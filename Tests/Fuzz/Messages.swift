import Directory

/// What goes to logs and terminals.
enum Messages {
    /// - Parameter beginning: of every line but the first.
    static func check(_ message: String, continuedBy beginning: String) {
        for (index, line) in message.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard index == 0 || line.hasPrefix(beginning) else { violated("a message has a line of its own: \(line)") }
            guard String(line).printable.utf8.elementsEqual(line.utf8) else { violated("a message steers a terminal") }
        }
    }
}
