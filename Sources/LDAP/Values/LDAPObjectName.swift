public import DistinguishedNames

/// How a request names an object: by distinguished name, or by an identity that survives a rename
/// ([MS-ADTS] 3.1.1.3.1.2.4).
public struct LDAPObjectName: Hashable, Sendable, CustomStringConvertible {
    /// The text that is sent; safe to log.
    public let description: String

    private init(_ text: String) {
        description = text
    }

    public static func distinguishedName(_ name: DistinguishedName) -> LDAPObjectName {
        LDAPObjectName(name.description)
    }

    /// By objectGUID, given as the octets the directory stores. Serves as a search base and as the target of a modify;
    /// Samba answers a rename of such a name with noSuchObject.
    public static func guid(_ octets: [UInt8]) -> LDAPObjectName {
        LDAPObjectName("<GUID=\(octets.hexadecimal)>")
    }

    /// By objectSid, given as the octets the directory stores. Serves as a search base.
    public static func sid(_ octets: [UInt8]) -> LDAPObjectName {
        LDAPObjectName("<SID=\(octets.hexadecimal)>")
    }

    /// The server's description of itself, readable before any bind (RFC 4512 section 5.1).
    public static let rootDSE = LDAPObjectName("")

    /// A name exactly as a server returned it.
    static func raw(_ name: String) -> LDAPObjectName {
        LDAPObjectName(name)
    }
}

extension Sequence where Element == UInt8 {
    /// Two lowercase hexadecimal digits for each octet.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var result: [UInt8] = []
        for octet in self {
            result.append(digits[Int(octet >> 4)])
            result.append(digits[Int(octet & 0x0F)])
        }
        return String(decoding: result, as: UTF8.self)
    }
}
