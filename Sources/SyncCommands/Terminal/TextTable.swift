/// Columns of text, aligned, for a terminal.
struct TextTable {
    private var rows: [[String]] = []
    private let indent: Int

    /// A name that is longer does not push everybody else's columns to the right; its own row is out of line instead.
    private static let widestColumn = 34
    /// Below that, wrapped text is harder to read than text that runs over.
    private static let narrowestText = 24

    init(indent: Int = 2) { self.indent = indent }

    mutating func add(_ cells: String...) { add(cells) }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    var count: Int { rows.count }

    /// One line for each row; the last column is not padded, and goes on below itself where it is longer than the
    /// terminal is wide.
    ///
    /// - Parameters:
    ///   - columns: of the terminal; nil for text that is not wrapped.
    ///   - limit: how many rows are shown.
    func lines(columns: Int? = nil, first limit: Int = .max) -> [String] {
        let rows = rows.prefix(limit)
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            let cells = rows.compactMap { column < $0.count - 1 ? TextWidth.of($0[column]) : nil }
            return cells.filter { $0 <= Self.widestColumn }.max() ?? 0
        }
        return rows.flatMap { row in
            var line = String(repeating: " ", count: indent)
            var position = indent
            for (column, cell) in row.dropLast().enumerated() {
                let width = TextWidth.of(cell)
                let padding = max(0, widths[column] - width) + 2
                line += cell + String(repeating: " ", count: padding)
                position += width + padding
            }
            return wrapped(row.last ?? "", behind: line, at: position, columns: columns)
        }
    }

    private func wrapped(_ text: String, behind line: String, at position: Int, columns: Int?) -> [String] {
        guard let columns, position + TextWidth.of(text) > columns else { return [line + text] }
        // Behind a long name there may be no room left: then below it.
        let start = columns - position >= Self.narrowestText ? position : indent + 4
        let pieces = TextWidth.split(text, into: max(columns - start, Self.narrowestText))
        let margin = String(repeating: " ", count: start)
        if start == position { return [line + pieces[0]] + pieces.dropFirst().map { margin + $0 } }
        return [line] + pieces.map { margin + $0 }
    }
}

/// How much room text takes on a terminal.
enum TextWidth {
    /// In columns: most emoji and East Asian characters take two, colours none.
    static func of(_ text: String) -> Int {
        var width = 0
        var isInColour = false
        for character in text {
            guard let scalar = character.unicodeScalars.first else { continue }
            if isInColour {
                isInColour = character != "m"
            } else if scalar == "\u{1B}" {
                isInColour = true
            } else {
                width += scalar.isWide ? 2 : 1
            }
        }
        return width
    }

    /// At spaces, into pieces of at most `width` columns, save for a word that is longer.
    static func split(_ text: String, into width: Int) -> [String] {
        var pieces = [""]
        var length = 0
        for word in text.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
            let wordLength = of(word)
            if length > 0, length + 1 + wordLength > width {
                pieces.append(word)
                length = wordLength
            } else {
                pieces[pieces.count - 1] += (length > 0 ? " " : "") + word
                length += wordLength + (length > 0 ? 1 : 0)
            }
        }
        return pieces
    }
}

extension Unicode.Scalar {
    fileprivate var isWide: Bool {
        properties.isEmojiPresentation || (0x1100...0x115F).contains(value) || (0x2E80...0xA4CF).contains(value)
            || (0xAC00...0xD7A3).contains(value) || (0xF900...0xFAFF).contains(value)
            || (0xFF00...0xFF60).contains(value)
    }
}
