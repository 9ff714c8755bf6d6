import Directory
import StrictJSON

/// Reads what the export counted.
enum CompletenessReader {
    static func completeness(_ node: JSONNode) throws(FieldProblem) -> Completeness {
        let members = try Field.object(node)
        return Completeness(
            users: try members.required(UserFileKey.Completeness.users.rawValue, Field.count),
            units: try members.optional(UserFileKey.Completeness.units.rawValue, unitCounts),
            members: try members.required(UserFileKey.Completeness.members.rawValue, groupCounts),
            pages: try members.optional(UserFileKey.Completeness.pages.rawValue, Field.count),
            server: try members.optional(UserFileKey.Completeness.server.rawValue, Field.name),
            highestCommittedUSN: Int64(
                try members.required(UserFileKey.Completeness.highestCommittedUSN.rawValue, Field.count)),
            previous: try members.optional(UserFileKey.Completeness.previous.rawValue, previous))
    }

    private static func previous(_ node: JSONNode) throws(FieldProblem) -> Completeness.Previous {
        let members = try Field.object(node)
        return Completeness.Previous(
            exportID: try members.required(UserFileKey.Previous.exportID.rawValue, Field.name),
            sequence: try members.required(UserFileKey.Previous.sequence.rawValue, Field.count),
            timestamp: try members.required(UserFileKey.Previous.timestamp.rawValue, Field.timestamp),
            users: try members.required(UserFileKey.Previous.users.rawValue, Field.count),
            disabled: try members.required(UserFileKey.Previous.disabled.rawValue, Field.count))
    }

    private static func groupCounts(_ node: JSONNode) throws(FieldProblem) -> [Completeness.GroupCount] {
        try counts(node) { name, count throws(FieldProblem) in
            Completeness.GroupCount(group: try Field.groupName(name), count: count)
        }
    }

    private static func unitCounts(_ node: JSONNode) throws(FieldProblem) -> [Completeness.UnitCount] {
        try counts(node) { name, count throws(FieldProblem) in
            try Field.refuseControls(in: name)
            return Completeness.UnitCount(unit: name, count: count)
        }
    }

    /// The members of an object of numbers, in its order.
    private static func counts<Count>(
        _ node: JSONNode, _ count: (String, Int) throws(FieldProblem) -> Count
    ) throws(FieldProblem) -> [Count] {
        var counts: [Count] = []
        for member in try Field.object(node) {
            do throws(FieldProblem) {
                counts.append(try count(member.key, try Field.count(member.value)))
            } catch {
                throw error.inside(member.key)
            }
        }
        return counts
    }
}
