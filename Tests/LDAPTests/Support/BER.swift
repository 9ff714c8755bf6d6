/// The little of BER (X.690) that a scripted server needs.
enum BER {
    static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        let count = contents.count
        let length: [UInt8] =
            count < 0x80
            ? [UInt8(count)] : [0x83, UInt8(count >> 16 & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
        return [tag] + length + contents
    }

    static func integer(_ value: Int, tag: UInt8 = 0x02) -> [UInt8] {
        element(tag, [UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)])
    }

    static func text(_ text: String, tag: UInt8 = 0x04) -> [UInt8] {
        element(tag, Array(text.utf8))
    }

    static func sequence(_ parts: [[UInt8]], tag: UInt8 = 0x30) -> [UInt8] {
        element(tag, parts.flatMap { $0 })
    }

    /// The size of the element that begins here, once its length has arrived.
    static func size(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 2 else { return nil }
        guard bytes[1] >= 0x80 else { return 2 + Int(bytes[1]) }
        let octets = Int(bytes[1] & 0x7F)
        // What is no BER at all, such as a TLS hello, is one element to be thrown away.
        guard octets <= 4 else { return bytes.count }
        guard bytes.count >= 2 + octets else { return nil }
        return bytes[2..<(2 + octets)].reduce(0) { $0 << 8 | Int($1) } + 2 + octets
    }

    /// Tag and contents of the element that begins the bytes, and what follows it.
    static func split(_ bytes: [UInt8]) -> (tag: UInt8, contents: [UInt8], rest: [UInt8])? {
        guard let tag = bytes.first, let size = size(bytes), bytes.count >= size else { return nil }
        let header = 2 + (bytes[1] < 0x80 ? 0 : Int(bytes[1] & 0x7F))
        guard header <= size else { return nil }
        return (tag, Array(bytes[header..<size]), Array(bytes[size...]))
    }
}
