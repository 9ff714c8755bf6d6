import Foundation

/// An entry as `ldapsearch` prints it. Values are octets: tests compare what is there, not what looks the same.
public struct LDIFEntry: Sendable {
    public let dn: String
    private let values: [String: [[UInt8]]]

    /// Of the attributes that were printed, in lowercase.
    public var attributes: [String] { values.keys.sorted() }

    /// The octets of all values, in the order they came.
    public func octets(_ attribute: String) -> [[UInt8]] { values[attribute.lowercased()] ?? [] }

    public subscript(_ attribute: String) -> [String] {
        octets(attribute).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The one value of a single-valued attribute; nil when there is none.
    public func first(_ attribute: String) -> String? { self[attribute].first }

    /// `objectGUID` and the like as it is written everywhere else.
    public func guid(_ attribute: String = "objectGUID") -> String? {
        guard let bytes = octets(attribute).first, bytes.count == 16 else { return nil }
        let order = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15]
        return order.map { $0 < 0 ? "-" : String(format: "%02x", bytes[$0]) }.joined()
    }

    /// Reads what `ldapsearch -LLL -o ldif-wrap=no` prints (RFC 2849).
    static func parse(_ text: String) -> [LDIFEntry] {
        var entries: [LDIFEntry] = []
        for block in text.components(separatedBy: "\n\n") {
            var dn: String?
            var values: [String: [[UInt8]]] = [:]
            for line in block.split(separator: "\n") where !line.hasPrefix("#") {
                guard let colon = line.firstIndex(of: ":") else { continue }
                let name = line[..<colon].lowercased()
                let rest = line[line.index(after: colon)...]
                let octets: [UInt8]
                if rest.hasPrefix(":") {
                    let text = rest.dropFirst().trimmingCharacters(in: .whitespaces)
                    octets = Data(base64Encoded: text).map(Array.init) ?? []
                } else {
                    octets = Array(rest.drop { $0 == " " }.utf8)
                }
                if name == "dn" {
                    dn = String(decoding: octets, as: UTF8.self)
                } else if name != "ref" {
                    values[name, default: []].append(octets)
                }
            }
            if let dn { entries.append(LDIFEntry(dn: dn, values: values)) }
        }
        return entries
    }
}

/// A change for `ldapmodify`.
public struct LDIFChange: Sendable {
    let text: String

    /// For the standard input of `ldapmodify`.
    public var octets: [UInt8] { Array(text.utf8) }

    private static func line(_ name: String, _ octets: some Sequence<UInt8>) -> String {
        "\(name):: \(Data(octets).base64EncodedString())\n"
    }

    public static func add(_ dn: String, _ attributes: [(String, [[UInt8]])]) -> LDIFChange {
        let lines = attributes.flatMap { name, values in values.map { line(name, $0) } }
        return LDIFChange(text: line("dn", dn.utf8) + "changetype: add\n" + lines.joined())
    }

    public static func add(_ dn: String, _ attributes: [(String, [String])]) -> LDIFChange {
        add(dn, attributes.map { ($0.0, $0.1.map { Array($0.utf8) }) })
    }

    /// `.replace`, with no values to remove an attribute.
    public enum Kind: String, Sendable { case add, replace, delete }

    public static func modify(_ dn: String, _ kind: Kind, _ attribute: String, _ values: [[UInt8]]) -> LDIFChange {
        LDIFChange(
            text: line("dn", dn.utf8) + "changetype: modify\n\(kind.rawValue): \(attribute)\n"
                + values.map { line(attribute, $0) }.joined() + "-\n")
    }

    public static func modify(_ dn: String, _ kind: Kind, _ attribute: String, _ values: [String]) -> LDIFChange {
        modify(dn, kind, attribute, values.map { Array($0.utf8) })
    }

    public static func replace(_ dn: String, _ attribute: String, _ value: String) -> LDIFChange {
        modify(dn, .replace, attribute, [value])
    }

    /// Deletes one value and adds another, in one request.
    public static func exchange(_ dn: String, _ attribute: String, _ old: [UInt8], for new: [UInt8]) -> LDIFChange {
        LDIFChange(
            text: line("dn", dn.utf8) + "changetype: modify\ndelete: \(attribute)\n" + line(attribute, old)
                + "-\nadd: \(attribute)\n" + line(attribute, new) + "-\n")
    }

    public static func rename(_ dn: String, to rdn: String, below parent: String? = nil) -> LDIFChange {
        LDIFChange(
            text: line("dn", dn.utf8) + "changetype: modrdn\n" + line("newrdn", rdn.utf8) + "deleteoldrdn: 1\n"
                + (parent.map { line("newsuperior", $0.utf8) } ?? ""))
    }

    /// Full control for Everyone instead of the access list (LDAP_SERVER_SD_FLAGS_OID: nothing but that).
    public static func replaceAccessList(_ dn: String) -> LDIFChange {
        let entry: [UInt8] = [0, 0, 20, 0, 0xFF, 0x01, 0x0F, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
        let descriptor: [UInt8] =
            [1, 0, 4, 0x80] + [UInt8](repeating: 0, count: 12) + [20, 0, 0, 0, 2, 0, 28, 0, 1, 0, 0, 0] + entry
        return LDIFChange(
            text: line("dn", dn.utf8) + "control: 1.2.840.113556.1.4.801 true:: MAMCAQQ=\nchangetype: modify\n"
                + "replace: nTSecurityDescriptor\n" + line("nTSecurityDescriptor", descriptor) + "-\n")
    }

    public static func delete(_ dn: String) -> LDIFChange {
        LDIFChange(text: line("dn", dn.utf8) + "changetype: delete\n")
    }

    /// With everything below it (LDAP_SERVER_TREE_DELETE_OID).
    public static func deleteTree(_ dn: String) -> LDIFChange {
        LDIFChange(text: line("dn", dn.utf8) + "control: 1.2.840.113556.1.4.805 true\nchangetype: delete\n")
    }
}
