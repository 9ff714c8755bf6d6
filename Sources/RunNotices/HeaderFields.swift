/// Header fields of a request as a file has them: one in each line, `Name: value`; lines that begin with `#` are remarks.
public struct HeaderFields: Sendable {
    /// What is wrong, by line, and never what stands there: it may be a token.
    public struct Problem: Error, CustomStringConvertible, Hashable, Sendable {
        public let description: String
    }

    public struct Field: Hashable, Sendable {
        public let name: String
        public let value: String
    }

    public let fields: [Field]

    /// - Parameter bytes: UTF-8; a byte order mark and CRLF are let pass.
    public init(parsing bytes: [UInt8]) throws(Problem) {
        var fields: [Field] = []
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        for (offset, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            // A byte that is none of ASCII becomes one that no field holds.
            let text = String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
            guard !text.isEmpty, text.first != "#" else { continue }
            guard let colon = text.firstIndex(of: ":") else {
                throw Problem(description: "line \(offset + 1): expected Name: value")
            }
            let (name, value) = (String(text[..<colon]), text[text.index(after: colon)...].trimmed)
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenCharacter), !value.isEmpty,
                value.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
            else { throw Problem(description: "line \(offset + 1): expected Name: value, both of ASCII") }
            guard !Self.ours.contains(name.lowercased()) else {
                throw Problem(description: "line \(offset + 1): \(name) is not for a file to say")
            }
            fields.append(Field(name: name, value: value))
        }
        self.fields = fields
    }

    /// What the request itself decides.
    private static let ours: Set = [
        "host", "content-length", "content-type", "transfer-encoding", "connection", "upgrade",
    ]

    /// RFC 9110 section 5.6.2.
    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
