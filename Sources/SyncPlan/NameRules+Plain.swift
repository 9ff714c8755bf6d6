extension NameRules {
    /// Whether the bytes alone tell that AD takes the name, as those of nearly every name do. Of the others nothing is told:
    /// to look into the letters of each takes twenty times as long.
    static func isPlain(_ name: String, as aspect: NameConflict.Aspect) -> Bool {
        let isPlain = name.utf8.withContiguousStorageIfAvailable { bytes in
            switch aspect {
            case .commonName: isPlainCommonName(bytes)
            case .accountName: isPlainAccountName(bytes)
            case .principalName: isPlainPrincipalName(bytes)
            }
        }
        return isPlain ?? false
    }

    /// There is a letter or a digit, no control character, and no byte that one of C1 could begin with. There are never
    /// more UTF-16 code units than bytes.
    private static func isPlainCommonName(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= commonNameLimit else { return false }
        var isEmpty = true
        for byte in bytes {
            if byte < 0x20 || byte == 0x7F || byte == 0xC2 { return false }
            if isLetterOrDigit(byte) { isEmpty = false }
        }
        return !isEmpty
    }

    private static func isPlainAccountName(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = bytes.last, last != UInt8(ascii: "."), bytes.count <= accountNameLimit,
            bytes.allSatisfy(isPlain)
        else { return false }
        return !wellKnownBytes.contains { name in
            name.count == bytes.count && zip(name, bytes).allSatisfy { $0 == lowercase($1) }
        }
    }

    /// One @, with a DNS name behind it.
    private static func isPlainPrincipalName(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= principalNameLimit, let at = bytes.firstIndex(of: UInt8(ascii: "@")), at > 0,
            bytes[..<at].allSatisfy(isPlain)
        else { return false }
        let domain = bytes[(at + 1)...]
        let dot = UInt8(ascii: ".")
        return domain.allSatisfy(isPlain) && domain.contains(dot) && domain.first != dot && domain.last != dot
    }

    private static let wellKnownBytes = wellKnownNames.map { Array($0.utf8) }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowercase(byte))
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 0x20 : byte
    }
}
