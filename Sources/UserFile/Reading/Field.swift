import Directory
import DistinguishedNames
import StrictJSON

/// What is wrong with one value.
struct FieldProblem: Error {
    let problem: String
    /// The keys that lead to the value from where it was read, the outermost first.
    let path: [String]

    init(_ problem: String) {
        self.init(problem, path: [])
    }

    func inside(_ key: String) -> FieldProblem { FieldProblem(problem, path: [key] + path) }

    private init(_ problem: String, path: [String]) {
        self.problem = problem
        self.path = path
    }
}

/// Takes JSON values for what they are to be.
enum Field {
    /// A string that names something: not empty, no control characters (C0, C1 and DEL).
    static func name(_ node: JSONNode) throws(FieldProblem) -> String {
        let text = try string(node)
        // What is nothing but spaces is no name either (``NameKey``).
        guard text.utf8.contains(where: { $0 != UInt8(ascii: " ") }) else { throw FieldProblem("a name is empty") }
        try refuseControls(in: text)
        return text
    }

    static func bool(_ node: JSONNode) throws(FieldProblem) -> Bool {
        guard case .bool(let flag) = node.value else { throw wrongType(node, expected: "true or false") }
        return flag
    }

    /// A whole number that is not negative.
    static func count(_ node: JSONNode) throws(FieldProblem) -> Int {
        guard case .number(let text) = node.value, let number = Int(text), number >= 0 else {
            throw wrongType(node, expected: "a whole number, not negative")
        }
        return number
    }

    static func timestamp(_ node: JSONNode) throws(FieldProblem) -> Timestamp {
        let text = try string(node)
        guard let timestamp = Timestamp(iso8601: text) else {
            throw FieldProblem("\(Excerpt(text)) is no time; ISO 8601 was expected, such as 2026-11-20T08:15:00")
        }
        return timestamp
    }

    /// ISO 8601, or null for never.
    static func expiry(_ node: JSONNode) throws(FieldProblem) -> AccountExpiry {
        if case .null = node.value { return .never }
        return .at(try timestamp(node))
    }

    static func guid(_ node: JSONNode) throws(FieldProblem) -> GUID {
        let text = try string(node)
        guard let guid = GUID(text) else {
            throw FieldProblem(
                "\(Excerpt(text)) is no GUID; one such as 6f9619ff-8b86-d011-b42d-00c04fc964ff was expected")
        }
        return guid
    }

    /// A group's name, relative to the source's `group_path`.
    static func groupName(_ text: String) throws(FieldProblem) -> DistinguishedName {
        let name: DistinguishedName
        do throws(DistinguishedNameError) {
            name = try DistinguishedName(parsing: text)
        } catch {
            throw FieldProblem(
                "\(Excerpt(text)) is no distinguished name such as CN=Operators: \(error.reason.rawValue)"
            )
        }
        guard !name.components.isEmpty else { throw FieldProblem("a group's name is empty") }
        for component in name.components { try refuseControls(in: component.value) }
        return name
    }

    static func object(_ node: JSONNode) throws(FieldProblem) -> [JSONMember] {
        guard case .object(let members) = node.value else { throw wrongType(node, expected: "an object") }
        return members
    }

    static func array(_ node: JSONNode) throws(FieldProblem) -> [JSONNode] {
        guard case .array(let nodes) = node.value else { throw wrongType(node, expected: "a list") }
        return nodes
    }

    static func string(_ node: JSONNode) throws(FieldProblem) -> String {
        guard case .string(let text) = node.value else { throw wrongType(node, expected: "a string") }
        return text
    }

    static func refuseControls(in text: String) throws(FieldProblem) {
        // The bytes of nearly every text tell that there is none; only they are looked at then.
        guard text.utf8.contains(where: mayBeginControl),
            let control = text.unicodeScalars.first(where: isControl)
        else { return }
        throw FieldProblem(
            "\(Excerpt(text)) holds a control character (U+\(String(control.value, radix: 16, uppercase: true)))")
    }

    /// C0, DEL and C1: the general category Cc, which never grows. Looking that up is ten times as slow.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    /// In UTF-8, C1 begins with 0xC2, and so do thirty-two characters beside it.
    private static func mayBeginControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F || byte == 0xC2 }

    static func wrongType(_ node: JSONNode, expected: String) -> FieldProblem {
        if case .number(let text) = node.value {
            return FieldProblem("\(expected) was expected, not \(Excerpt(text).unquoted)")
        }
        return FieldProblem("\(expected) was expected, not \(node.value.kind)")
    }
}
