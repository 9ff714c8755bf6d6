/// Why a text is no JSON, or none that is read here, and where.
struct JSONSyntaxError: Error {
    /// Counted in bytes from 0.
    let offset: Int
    let problem: String

    /// The place as an editor counts it: both from 1, the column in characters.
    func position(in text: UTF8Text) -> (line: Int, column: Int) {
        let before = text.bytes.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let line = before.reduce(into: 1) { line, byte in line += byte == UInt8(ascii: "\n") ? 1 : 0 }
        // Bytes that continue a character do not count.
        let column = before[lineStart...].reduce(into: 1) { column, byte in column += byte & 0xC0 == 0x80 ? 0 : 1 }
        return (line, column)
    }
}
