import JSONShapes
import StrictJSON

/// Reads the members of one JSON object, by keys, and remembers which keys were asked for.
struct ObjectReader {
    let location: KeyLocation
    /// Where the object stands in the file.
    private let offset: Int
    private let members: [JSONMember]
    private(set) var findings: Findings
    /// The keys asked for so far.
    private(set) var fields: [JSONField] = []

    init(members: [JSONMember], at location: KeyLocation, offset: Int, findings: Findings) {
        self.members = members
        self.offset = offset
        self.location = location
        self.findings = findings
    }

    /// The keys an object of this type asks for.
    static func fields<Object: ConfigurationObject>(of type: Object.Type) -> [JSONField] {
        var reader = ObjectReader(
            members: [],
            at: .root,
            offset: 0,
            findings: Findings(source: ConfigurationSource(file: "", permissions: nil), text: UTF8Text(""))
        )
        _ = Object(reading: &reader)
        return reader.fields
    }

    /// The value of the key; its default when the key is absent, or when the value is wrong and was reported.
    mutating func read<Value>(_ key: Key<Value>) -> Value {
        fields.append(key.field)
        return value(key.name, key.format) ?? key.defaultValue
    }

    /// The value of the key; nil when it is absent or wrong, and was reported.
    mutating func read<Value>(_ key: RequiredKey<Value>) -> Value? {
        fields.append(key.field)
        guard members[key.name] != nil else {
            let expected = "\(key.format.name), such as \(key.example)"
            findings.add(.missing(expected: expected), at: location.appending(key.name), offset: nil)
            return nil
        }
        return value(key.name, key.format)
    }

    /// Whether somebody wrote the key down, whatever its value.
    func contains(_ name: String) -> Bool { members[name] != nil }

    /// Reports that a key that need not be there is missing, because of what the others say.
    mutating func require<Value>(_ key: Key<Value?>) {
        // What is there and wrong was reported already.
        if let member = members[key.name] {
            guard case .null = member.value.value else { return }
        }
        let expected = "\(key.format.name), such as \(key.example)"
        findings.add(.missing(expected: expected), at: location.appending(key.name), offset: nil)
    }

    /// Reports that the value of the key, right by itself, does not go with another one.
    mutating func contradiction(at name: String, _ reason: String) {
        findings.add(.contradiction(reason), at: location.appending(name), offset: members[name]?.keyOffset)
    }

    /// Reports that the keys of this object do not go together.
    mutating func contradiction(_ reason: String) {
        findings.add(.contradiction(reason), at: location, offset: offset)
    }

    /// - Parameter path: The key, or the way to a key in a nested object.
    mutating func warn(_ path: String..., message: String) {
        findings.warn(path.reduce(location) { $0.appending($1) }, .warning, message)
    }

    /// Reports the members nobody asked for. To be called once all keys were read.
    mutating func reportUnknownKeys() {
        let known = fields.map(\.name)
        for member in members where !known.contains(member.key) {
            guard let nearest = NearestName(to: member.key, among: known) else { continue }
            let fault = ConfigurationProblem.Fault.unknownKey(nearest: nearest.name, isClose: nearest.isClose)
            findings.add(fault, at: location.appending(member.key), offset: member.keyOffset)
        }
    }

    private mutating func value<Value>(_ name: String, _ format: ValueFormat<Value>) -> Value? {
        members[name].flatMap { format.read($0.value, location.appending(name), &findings) }
    }
}

extension ValueFormat where Value: ConfigurationObject {
    static func object(_ type: Value.Type) -> ValueFormat {
        ValueFormat("object", .object(ObjectReader.fields(of: type))) { node, location, findings in
            guard case .object(let members) = node.value else {
                // What stands in an object's place may be the password meant for it.
                findings.rejectSecret(node, at: location, expected: "an object, not \(node.value.kind)")
                return nil
            }
            var reader = ObjectReader(members: members, at: location, offset: node.offset, findings: findings)
            let value = Value(reading: &reader)
            reader.reportUnknownKeys()
            findings = reader.findings
            return value
        }
    }
}
