public import Directory
import DistinguishedNames

/// How the people of the file are to be here: their attributes, their names to sign in with, and where they stand.
public struct RecordMapping: Sendable, Hashable {
    public let attributes: AttributeMap
    /// Stands behind the @ of every principal name that the file brings; nil leaves them. A principal name that
    /// ``attributes`` makes is left, too: it says all of it.
    public let principalNameSuffix: String?
    public let units: UnitMap

    public init(
        attributes: AttributeMap = .empty, principalNameSuffix: String? = nil, units: UnitMap = .empty
    ) {
        self.attributes = attributes
        self.principalNameSuffix = principalNameSuffix
        self.units = units
    }

    /// The same people as they are to be here. Records that cannot be mapped have a fault, and are else as they were.
    ///
    /// Pure, and asked before anything is asked of the directory.
    ///
    /// - Throws: ``RecordMappingError`` when it speaks of attributes that no record carries; nothing is mapped then.
    public func apply(to population: SourcePopulation) throws(RecordMappingError) -> SourcePopulation {
        guard !population.users.isEmpty else { return population }
        let problems = unknownSources(among: population.attributeNames)
        guard problems.isEmpty else { throw RecordMappingError(problems: problems) }
        guard makesSomething else { return population }
        var (users, faults) = attributes.apply(to: population.users)
        if let suffix = principalNameSuffix, !attributes.speaks(of: .userPrincipalName) {
            users = users.map { $0.withPrincipalName(at: suffix) }
        }
        findCollisions(users, &faults)
        let makesNames = attributes.speaks(of: .accountName) || attributes.speaks(of: .commonName)
        for index in users.indices {
            guard let fault = faults[users[index].position] else { continue }
            faults[users[index].position] = RecordFault(
                field: fault.field, reason: fault.reason, knowsNames: !makesNames)
            users[index] = population.users[index]
        }
        return population.mapped(to: users, faults: faults, units: units.units(for: population.users))
    }

    private var makesSomething: Bool {
        !attributes.rules.isEmpty || principalNameSuffix != nil || !units.rules.isEmpty
    }

    private func unknownSources(among known: Set<AttributeName>) -> [RecordMappingError.Problem] {
        attributes.rules.flatMap { target, rule in
            rule.sources.filter { !known.contains($0) }.map {
                RecordMappingError.Problem(key: "attribute_map.\(target)", attribute: $0)
            }
        }
            + units.rules.enumerated().flatMap { index, rule in
                (rule.filter?.unknownAttributes(among: known) ?? []).map {
                    RecordMappingError.Problem(key: "ou_map[\(index)].filter", attribute: $0.name)
                }
            }
    }

    /// Two people who get one name to sign in with by a rule: neither gets it, since nobody could tell which of them should.
    private func findCollisions(_ users: [SourceUser], _ faults: inout [Int: RecordFault]) {
        for (field, key) in fieldsOfNames {
            var holders: [NameKey: [SourceUser]] = [:]
            for user in users where faults[user.position] == nil {
                guard let name = user.texts(of: field).first else { continue }
                holders[NameKey(name), default: []].append(user)
            }
            for alike in holders.values where alike.count > 1 {
                let people = alike.sorted { $0.position < $1.position }
                // As many sentences as people: with all names in each, a constant for a whole plant would be gigabytes.
                let shown = people.prefix(Self.namesInOneSentence).map { "\($0.commonName) (record \($0.position))" }
                let rest = people.count > shown.count ? " and \(people.count - shown.count) more" : ""
                let names = shown.joined(separator: ", ") + rest
                for user in people {
                    let name = user.texts(of: field).first ?? ""
                    faults[user.position] = RecordFault(
                        field: field, reason: "\(key) gives \"\(name)\" to \(people.count) people: \(names)")
                }
            }
        }
    }

    private static let namesInOneSentence = 10

    /// Those that are made here, and by which key.
    private var fieldsOfNames: [(field: AttributeName, key: String)] {
        let fields = [AttributeName.accountName, .userPrincipalName].filter(attributes.targets.contains)
        let made = fields.map { (field: $0, key: "attribute_map") }
        guard principalNameSuffix != nil, !attributes.speaks(of: .userPrincipalName) else { return made }
        return made + [(.userPrincipalName, "upn_suffix")]
    }
}

extension AttributeMap {
    fileprivate func speaks(of name: AttributeName) -> Bool { rules.contains { $0.target == name } }
}

extension SourceUser {
    /// Without an @ it is no principal name: the planner says so.
    fileprivate func withPrincipalName(at suffix: String) -> SourceUser {
        guard let column = attributes.names.firstIndex(of: .userPrincipalName) else { return self }
        var values = attributes.values
        guard case .one(.text(let name)) = values[column], let at = name.lastIndex(of: "@") else { return self }
        values[column] = .one(.text(name[...at] + suffix))
        return with(AttributeRow(names: attributes.names, values: values))
    }
}

/// Rules that speak of what the file does not have. Nothing is mapped then.
public struct RecordMappingError: Error, Sendable, Equatable, CustomStringConvertible {
    public struct Problem: Sendable, Equatable {
        /// Where the rule stands in the configuration.
        public let key: String
        public let attribute: AttributeName
    }

    public let problems: [Problem]

    public var description: String {
        problems.map { "\($0.key): the file does not carry \($0.attribute)" }.joined(separator: "; ")
            + ": add it to attributes of the export, or take it out here"
    }
}
