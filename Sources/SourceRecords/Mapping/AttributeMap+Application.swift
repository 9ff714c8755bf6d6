import Directory

extension AttributeMap {
    /// The same people as they are to be here; a fault for each whom it cannot be told of, by position.
    func apply(to users: [SourceUser]) -> (users: [SourceUser], faults: [Int: RecordFault]) {
        guard !rules.isEmpty else { return (users, [:]) }
        var faults: [Int: RecordFault] = [:]
        var shape = RowShape([], self)
        let mapped = users.map { user in
            if user.attributes.names != shape.sourceNames { shape = RowShape(user.attributes.names, self) }
            do throws(RecordFault) {
                return try shape.mapped(user)
            } catch {
                faults[user.position] = error
                return user
            }
        }
        return (mapped, faults)
    }
}

/// What becomes of records that carry the same attributes; most of a file do, and share the names.
private struct RowShape {
    let sourceNames: [AttributeName]
    private let names: [AttributeName]
    /// For each of ``names``, where its values come from.
    private let origins: [Origin]
    private let accountName: AttributeMap.Rule?
    private let commonName: AttributeMap.Rule?

    private enum Origin {
        case column(Int)
        case rule(AttributeMap.Rule)
    }

    init(_ sourceNames: [AttributeName], _ map: AttributeMap) {
        self.sourceNames = sourceNames
        let targets = Set(map.rules.map(\.target))
        let moved = Set(
            map.rules.compactMap { entry in
                if case .renamed(let source) = entry.rule { source } else { nil }
            })
        var names: [AttributeName] = []
        var origins: [Origin] = []
        for (column, name) in sourceNames.enumerated() where !targets.contains(name) && !moved.contains(name) {
            names.append(name)
            origins.append(.column(column))
        }
        for (target, rule) in map.rules where !Self.namesOfRecord.contains(target) && rule != .dropped {
            names.append(target)
            origins.append(.rule(rule))
        }
        self.names = names
        self.origins = origins
        accountName = map.rules.first { $0.target == .accountName }?.rule
        commonName = map.rules.first { $0.target == .commonName }?.rule
    }

    /// What a record has apart from its row.
    private static let namesOfRecord: Set<AttributeName> = [.accountName, .commonName]

    func mapped(_ user: SourceUser) throws(RecordFault) -> SourceUser {
        let columns = user.attributes.values
        var values: [AttributeValues] = []
        values.reserveCapacity(names.count)
        for (name, origin) in zip(names, origins) {
            switch origin {
            case .column(let column): values.append(columns[column])
            case .rule(let rule): values.append(try self.values(of: rule, for: name, in: user))
            }
        }
        return SourceUser(
            position: user.position, accountName: try name(.accountName, by: accountName, of: user) ?? user.accountName,
            commonName: try name(.commonName, by: commonName, of: user) ?? user.commonName,
            isDisabled: user.isDisabled, expiry: user.expiry, groups: user.groups,
            anchor: user.anchor, attributes: AttributeRow(names: names, values: values))
    }

    private func values(
        of rule: AttributeMap.Rule, for name: AttributeName, in user: SourceUser
    ) throws(RecordFault) -> AttributeValues {
        switch rule {
        case .renamed(let source):
            // One text or none at all: an account has one name to sign in with.
            if name == .userPrincipalName {
                return try self.name(name, by: rule, of: user).map { .one(.text($0)) } ?? .none
            }
            if AttributeName.recordKeys.contains(source) {
                return AttributeValues(user.texts(of: source).map(AttributeValue.text))
            }
            return user.attributes[source] ?? .none
        case .constant(let text): return .one(.text(text))
        case .template(let template):
            if let text = try fill(template, for: name, from: user) { return .one(.text(text)) }
            // Somebody without a principal name could not sign in by it; without another attribute, he just has none.
            guard name == .userPrincipalName else { return .none }
            throw RecordFault(field: name, reason: Self.emptiness(template))
        case .dropped: return .none
        }
    }

    /// A name that nobody can do without.
    private func name(
        _ field: AttributeName, by rule: AttributeMap.Rule?, of user: SourceUser
    ) throws(RecordFault) -> String? {
        switch rule {
        case .renamed(let source)?:
            do throws(TemplateFault) {
                if let text = try user.singleText(of: source) { return text }
            } catch {
                throw RecordFault(field: field, reason: "attribute_map: \(error.reason)")
            }
            throw RecordFault(field: field, reason: "attribute_map takes it from \(source), which is empty")
        case .template(let template)?:
            if let text = try fill(template, for: field, from: user) { return text }
            throw RecordFault(field: field, reason: Self.emptiness(template))
        case .constant(let text)?: return text
        case .dropped?, nil: return nil
        }
    }

    private func fill(
        _ template: Template, for name: AttributeName, from user: SourceUser
    ) throws(RecordFault) -> String? {
        do throws(TemplateFault) {
            return try template.filled(from: user)
        } catch {
            throw RecordFault(field: name, reason: "attribute_map, \(template): \(error.reason)")
        }
    }

    private static func emptiness(_ template: Template) -> String {
        "attribute_map makes it of \(template), and something of that is empty in the record; |default:text says what "
            + "to take then"
    }
}
