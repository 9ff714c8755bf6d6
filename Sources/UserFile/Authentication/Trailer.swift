/// The last line of a signed file: the HMAC of everything before the line break that precedes it.
struct Trailer {
    /// What follows the body: a line break, then the code.
    static let lineBreak = UInt8(ascii: "\n")

    /// The number of bytes before the line break. Where that is CRLF, its CR still counts to the body.
    let bodyByteCount: Int
    let code: [UInt8]

    /// Finds the trailer; nil when the last line is not 64 hexadecimal digits. One line break after it is accepted.
    init?(of file: [UInt8]) {
        var end = file.count
        if end > 0, file[end - 1] == Self.lineBreak {
            end -= 1
            if end > 0, file[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        }
        let start = end - 2 * MessageAuthentication.byteCount
        guard start > 0, file[start - 1] == Self.lineBreak, let code = Hexadecimal.decode(file[start..<end]) else {
            return nil
        }
        bodyByteCount = start - 1
        self.code = code
    }
}
