/// Whose manager is who, as the user file tells it: by `objectGUID`, since a distinguished name of the source domain names
/// nobody at the target.
public enum ManagerLink: Sendable, Hashable {
    case nobody
    /// The `objectGUID` in the source domain.
    case person(GUID)
}

extension AttributeName {
    public static let manager: AttributeName = "manager"
}

extension SourcePopulation {
    /// The same people with their managers beside them: as an attribute, `manager` holds a name that only the target can
    /// give. A value that is no `objectGUID` is a fault of its record.
    public func takingManagers() -> SourcePopulation {
        guard users.contains(where: { $0.attributes.names.contains(.manager) }) else { return self }
        var links: [Int: ManagerLink] = [:]
        var faults = faults
        let others = users.map { user in
            guard let column = user.attributes.names.firstIndex(of: .manager) else { return user }
            var (names, values) = (user.attributes.names, user.attributes.values)
            switch values[column] {
            case .none: links[user.position] = .nobody
            case .one(.text(let text)):
                if let guid = GUID(text) {
                    links[user.position] = .person(guid)
                } else {
                    faults[user.position] = faults[user.position] ?? Self.managerFault("\"\(text)\" is none")
                }
            case .one(.binary), .many:
                faults[user.position] = faults[user.position] ?? Self.managerFault("it holds no text, or several")
            }
            names.remove(at: column)
            values.remove(at: column)
            return user.with(AttributeRow(names: names, values: values))
        }
        var copy = mapped(to: others, faults: faults, units: units)
        copy.managers = links
        return copy
    }

    private static func managerFault(_ problem: String) -> RecordFault {
        RecordFault(
            field: .manager,
            reason: "the objectGUID of the manager was expected, as an export of this tool writes it, and \(problem)")
    }
}

extension SourcePopulation {
    /// What the records speak of beside the names; principal names are read anyway.
    public var attributesToRead: [AttributeName] {
        var seen: Set<AttributeName> = ["userPrincipalName"]
        var names: [AttributeName] = []
        for user in users {
            for name in user.attributes.names where seen.insert(name).inserted { names.append(name) }
        }
        // Last, since it is no part of the rows that are compared.
        return managers.isEmpty ? names : names + [.manager]
    }
}
