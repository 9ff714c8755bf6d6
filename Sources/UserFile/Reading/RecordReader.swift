import Directory
import DistinguishedNames
import StrictJSON

/// Reads single records, and remembers from one to the next what most have in common.
struct RecordReader {
    private let allowedAttributes: AttributeAllowList
    private let maximumGroupCount: Int
    private var shape: RecordShape
    private var groupNames: [ExactText: DistinguishedName] = [:]
    private var groupLists: Set<[DistinguishedName]> = []

    init(allowedAttributes: AttributeAllowList, maximumGroupCount: Int) {
        self.allowedAttributes = allowedAttributes
        self.maximumGroupCount = maximumGroupCount
        shape = RecordShape(keys: [], allowedAttributes: allowedAttributes)
    }

    /// Nil when the record is at fault; `faults` then tells of everything that is wrong with it.
    mutating func read(_ node: JSONNode, position: Int, faults: inout UserFileFaults) -> UserRecord? {
        guard case .object(let members) = node.value else {
            let problem = Field.wrongType(node, expected: "an object").problem
            faults.add(UserFileFault(.record(position: position, accountName: nil), problem))
            return nil
        }
        if !shape.fits(members) {
            shape = RecordShape(keys: members.map(\.key), allowedAttributes: allowedAttributes)
        }
        var fields = Fields()
        fields.attributeValues.reserveCapacity(shape.attributeNames.count)
        var problems = shape.problems
        for (member, role) in zip(members, shape.roles) {
            do throws(FieldProblem) {
                try read(member.value, as: role, into: &fields)
            } catch {
                problems.append((member.key, error.problem))
            }
        }
        for (field, problem) in problems {
            let place = UserFileFault.Place.record(position: position, accountName: fields.accountName)
            faults.add(UserFileFault(place, field: field, problem))
        }
        return problems.isEmpty ? fields.record(position: position, attributeNames: shape.attributeNames) : nil
    }

    private mutating func read(
        _ node: JSONNode, as role: RecordShape.Role, into fields: inout Fields
    ) throws(FieldProblem) {
        switch role {
        case .key(.accountName): fields.accountName = try Field.name(node)
        case .key(.commonName): fields.commonName = try Field.name(node)
        case .key(.disabled): fields.isDisabled = try Field.bool(node)
        case .key(.accountExpires): fields.expiry = try Field.expiry(node)
        case .key(.memberOf): fields.groups = try groups(node)
        case .key(.anchor):
            if case .null = node.value { return }
            fields.guid = try Field.guid(node)
        case .attribute:
            fields.attributeValues.append(try AttributeField.values(node))
        case .nameAttribute:
            let values = try AttributeField.values(node)
            for value in values.all { try Field.refuseControls(in: value.text ?? "") }
            fields.attributeValues.append(values)
        }
    }

    /// A group that is named twice counts once.
    private mutating func groups(_ node: JSONNode) throws(FieldProblem) -> [DistinguishedName] {
        let nodes = try Field.array(node)
        var groups: [DistinguishedName] = []
        groups.reserveCapacity(nodes.count)
        // A look at each of a few is quicker than a set.
        var seen: Set<DistinguishedName>? = nodes.count > 16 ? [] : nil
        for element in nodes {
            let group = try groupName(try Field.string(element))
            if seen?.insert(group).inserted ?? !groups.contains(group) { groups.append(group) }
        }
        // Many records have the same ones, and share them.
        return groupLists.insert(groups).memberAfterInsert
    }

    /// The same few names stand in every record.
    private mutating func groupName(_ text: String) throws(FieldProblem) -> DistinguishedName {
        if let known = groupNames[ExactText(text)] { return known }
        let name = try Field.groupName(text)
        guard groupNames.count < maximumGroupCount else {
            throw FieldProblem("the records name more than \(maximumGroupCount) groups")
        }
        groupNames[ExactText(text)] = name
        return name
    }

    /// A record under construction.
    private struct Fields {
        var accountName: String?
        var commonName: String?
        var isDisabled: Bool?
        var expiry: AccountExpiry?
        var groups: [DistinguishedName]?
        var guid: GUID?
        var attributeValues: [AttributeValues] = []

        func record(position: Int, attributeNames: [AttributeName]) -> UserRecord? {
            guard let accountName, let commonName, let isDisabled, let expiry, let groups else { return nil }
            return UserRecord(
                position: position, accountName: accountName, commonName: commonName, isDisabled: isDisabled,
                expiry: expiry, groups: groups, guid: guid,
                attributes: AttributeRow(names: attributeNames, values: attributeValues))
        }
    }
}
