import StrictJSON

/// The way to a value inside the file, as messages name it: `group_map."CN=Operators"[1]`.
struct KeyLocation: Hashable, Sendable, CustomStringConvertible {
    let description: String

    static let root = KeyLocation(description: "")

    func appending(_ key: String) -> KeyLocation {
        let step = Self.isPlain(key) ? key : key.jsonLiteral
        return KeyLocation(description: description.isEmpty ? step : "\(description).\(step)")
    }

    func appending(index: Int) -> KeyLocation {
        KeyLocation(description: "\(description)[\(index)]")
    }

    /// Whether the key can stand in a path without quotes.
    private static func isPlain(_ key: String) -> Bool {
        !key.isEmpty && key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    }
}
