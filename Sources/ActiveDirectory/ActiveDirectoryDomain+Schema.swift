import Directory
import DistinguishedNames
import LDAP

extension ActiveDirectoryDomain {
    /// Refuses a query with a name that the schema does not know.
    ///
    /// A condition on an unknown attribute is "undefined": a slip of the keyboard finds nobody, and in a negation, on some
    /// servers, everybody. Neither is told by the server, and both would be taken for people who came or left.
    func refuseUnknownNames(in query: UserQuery) async throws {
        let filters = try query.filters
        guard !query.conditions.isEmpty || query.objectClasses != [UserQuery.anyPerson] else { return }
        let attributes = filters.reduce(into: Set<String>()) { names, filter in
            // Without options, which belong to a value.
            names.formUnion(filter.attributes.map { String($0.description.prefix { $0 != ";" }) })
        }
        let known = try await schema(of: Array(attributes) + query.objectClasses)
        let unknownAttributes = attributes.filter { !known.attributes.contains($0.lowercased()) }.sorted()
        let unknownClasses = query.objectClasses.filter { !known.classes.contains($0.lowercased()) }
        guard unknownAttributes.isEmpty, unknownClasses.isEmpty else {
            let names =
                unknownAttributes.map { "no attribute \"\($0)\"" } + unknownClasses.map { "no object class \"\($0)\"" }
            let conditions = filters.dropFirst(2).map(\.description).joined(separator: ", ")
            throw DirectoryFailure(
                kind: .missing,
                message: "the schema of \(info.dnsName) knows \(names.joined(separator: ", "))"
                    + (unknownAttributes.isEmpty ? "" : ": correct the filter \(conditions)"))
        }
    }

    /// Those of the names that are in the schema, in lowercase: attributes by name and object identifier, classes by name.
    private func schema(of names: [String]) async throws -> (attributes: Set<String>, classes: Set<String>) {
        let root = try await connection.readEntry(at: .rootDSE, attributes: ["schemaNamingContext"])
        guard let context = root["schemaNamingContext"].first?.string else {
            throw DirectoryFailure(
                kind: .malformed, message: "\(connection.endpoint) does not tell where its schema is")
        }
        let request = LDAPSearchRequest(
            base: .distinguishedName(try .init(parsing: context)), scope: .oneLevel,
            filter: .or(
                names.flatMap { [.equal("lDAPDisplayName", LDAPValue($0)), .equal("attributeID", LDAPValue($0))] }),
            attributes: ["lDAPDisplayName", "attributeID", .objectClass])
        var attributes: Set<String> = []
        var classes: Set<String> = []
        for try await entry in connection.search(request) {
            let names = (entry["lDAPDisplayName"] + entry["attributeID"]).compactMap { $0.string?.lowercased() }
            if entry[.objectClass].contains("classSchema") {
                classes.formUnion(names)
            } else {
                attributes.formUnion(names)
            }
        }
        return (attributes, classes)
    }
}
