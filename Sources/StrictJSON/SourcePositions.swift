/// Finds places in a text again and again, at about the same price wherever they are.
///
/// ``UTF8Text/position(at:)`` looks at everything before the place. For one message that is well; for thousands of faults
/// in one hostile file it is forever.
public struct SourcePositions: Sendable {
    /// In bytes.
    private static let spacing = 1024

    private let bytes: [UInt8]
    /// Of every ``spacing``th byte.
    private let marks: [SourcePosition]

    public init(_ text: UTF8Text) {
        bytes = text.bytes
        var marks = [SourcePosition(line: 1, column: 1)]
        var start = 0
        while start + Self.spacing <= bytes.count {
            marks.append(marks[marks.count - 1].advanced(over: bytes[start..<(start + Self.spacing)]))
            start += Self.spacing
        }
        self.marks = marks
    }

    /// The same as ``UTF8Text/position(at:)``.
    public func position(at offset: Int) -> SourcePosition {
        let offset = min(max(0, offset), bytes.count)
        let mark = offset / Self.spacing
        return marks[mark].advanced(over: bytes[(mark * Self.spacing)..<offset])
    }
}

extension SourcePosition {
    fileprivate func advanced(over bytes: ArraySlice<UInt8>) -> SourcePosition {
        var (line, column) = (line, column)
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return SourcePosition(line: line, column: column)
    }
}
