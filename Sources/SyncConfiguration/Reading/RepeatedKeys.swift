import StrictJSON

/// Finds keys that stand twice in one object, on every level. JSON readers differ in which one they take.
enum RepeatedKeys {
    static func report(in node: JSONNode, at location: KeyLocation, to findings: inout Findings) {
        switch node.value {
        case .object(let members): report(members, at: location, to: &findings)
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                report(in: element, at: location.appending(index: index), to: &findings)
            }
        case .null, .bool, .number, .string: break
        }
    }

    private static func report(_ members: [JSONMember], at location: KeyLocation, to findings: inout Findings) {
        // Keys are compared as bytes: names of groups in NFC and NFD are two groups.
        var firstOffsets: [[UInt8]: Int] = [:]
        for member in members {
            let key = location.appending(member.key)
            let bytes = Array(member.key.utf8)
            if let first = firstOffsets[bytes] {
                findings.add(.repeatedKey(firstLine: findings.line(of: first)), at: key, offset: member.keyOffset)
            } else {
                firstOffsets[bytes] = member.keyOffset
            }
            report(in: member.value, at: key, to: &findings)
        }
    }
}
