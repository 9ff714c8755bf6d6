public import Directory
import DistinguishedNames

/// Whom an operator speaks of, when he does not mean everybody in the file.
public struct PeopleSelection: Sendable, Hashable {
    /// By account name, user principal name, mail address, `cn`, anchor, or a part of a name. Each must be one person.
    public var names: [String]
    /// Members of any of these source groups, by their names below `group_path`, or by common name.
    public var groups: [String]
    public var filter: RecordFilter?

    public init(names: [String] = [], groups: [String] = [], filter: RecordFilter? = nil) {
        self.names = names
        self.groups = groups
        self.filter = filter
    }

    /// Nobody was named or described: everybody is meant.
    public var isEmpty: Bool { names.isEmpty && groups.isEmpty && filter == nil }

    /// The positions of the records that are meant. Those who are named add up; groups and filter narrow one another.
    ///
    /// - Parameters:
    ///   - prefix: what stands before every `cn` here, so that people are also found as they are called here.
    ///   - renamed: account names that people have here and that are not the file's, by position.
    /// - Throws: ``SelectionError`` with everything that cannot be told. Nothing is ever guessed.
    public func records(
        of population: SourcePopulation, prefix: String = "", renamed: [Int: String] = [:]
    ) throws(SelectionError) -> Set<Int> {
        var faults: [SelectionError.Fault] = []
        var named: Set<Int> = []
        for name in names {
            let lookup = PersonLookup(name, in: population, prefix: prefix, renamed: renamed)
            switch lookup.found.count {
            case 1: named.insert(lookup.found[0].position)
            case 0: faults.append(.nobody(name: name, near: lookup.names))
            default: faults.append(.several(name: name, Self.distinctions(of: lookup.found)))
            }
        }
        let described = try describedRecords(of: population, &faults)
        guard faults.isEmpty else { throw SelectionError(faults: faults) }
        return named.union(described)
    }

    private func describedRecords(
        of population: SourcePopulation, _ faults: inout [SelectionError.Fault]
    ) throws(SelectionError) -> Set<Int> {
        guard !groups.isEmpty || filter != nil else { return [] }
        let unknown = filter?.unknownAttributes(among: population.attributeNames) ?? []
        let known = unknown.isEmpty ? [] : population.attributeNames.sorted()
        for (name, position) in unknown {
            faults.append(.unknownAttribute(name, position: position, known: known))
        }
        let wanted = groupNames(in: population, &faults)
        guard faults.isEmpty else { return [] }
        let found = population.users.filter { user in
            (groups.isEmpty || user.groups.contains(where: wanted.contains)) && (filter?.matches(user) ?? true)
        }
        if found.isEmpty { faults.append(.empty(records: population.users.count)) }
        return Set(found.map(\.position))
    }

    private func groupNames(
        in population: SourcePopulation, _ faults: inout [SelectionError.Fault]
    ) -> Set<DistinguishedName> {
        guard !groups.isEmpty else { return [] }
        let known = Set(population.users.lazy.flatMap(\.groups)).sorted()
        var wanted: Set<DistinguishedName> = []
        for text in groups {
            let exact = (try? DistinguishedName(parsing: text)).flatMap { name in known.first { $0 == name } }
            let found = exact.map { [$0] } ?? known.filter { $0.isCalled(text) }
            switch found.count {
            case 1: wanted.insert(found[0])
            case 0: faults.append(.unknownGroup(name: text, known: known.map(\.description)))
            default: faults.append(.severalGroups(name: text, found.map(\.description)))
            }
        }
        return wanted
    }

    /// Each person with `cn` and account name, and with whatever else differs among them.
    private static func distinctions(of users: [SourceUser]) -> [SelectionError.Candidate] {
        let fields: [AttributeName] = [
            "displayName", "mail", "userPrincipalName", "department", "title", "company", "employeeID", .memberOf,
            .disabled, .objectGUID,
        ]
        let texts = fields.map { field in users.map { $0.texts(of: field).joined(separator: ", ") } }
        let telling = fields.indices.filter { Set(texts[$0].map(ExactText.init)).count > 1 }
        return users.indices.map { index in
            SelectionError.Candidate(
                commonName: users[index].commonName, accountName: users[index].accountName,
                details: telling.filter { !texts[$0][index].isEmpty }.map { (fields[$0].description, texts[$0][index]) }
                    .map { "\($0) \($1)" })
        }
    }
}
