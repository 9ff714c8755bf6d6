/// The way to a value inside the file, as messages name it: `group_map."CN=Operators"[1]`.
struct KeyLocation: Hashable, Sendable, CustomStringConvertible {
    let description: String

    static let root = KeyLocation(description: "")

    func appending(_ key: String) -> KeyLocation {
        let isPlain = !key.isEmpty && key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
            default: false
            }
        }
        let step = isPlain ? key : key.jsonLiteral
        return KeyLocation(description: description.isEmpty ? step : "\(description).\(step)")
    }

    func appending(index: Int) -> KeyLocation {
        KeyLocation(description: "\(description)[\(index)]")
    }
}
