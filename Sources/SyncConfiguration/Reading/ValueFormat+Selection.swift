import Directory
import DistinguishedNames
import JSONShapes
import LDAP
import LDAPFilters
import SourceRecords
import StrictJSON

extension ValueFormat<[DistinguishedName]> {
    /// One absolute name or several, none of which is or lies below another.
    static let disjointNames: ValueFormat = oneOrMore("distinguished name or a list of them", of: .absoluteName)
        .refined(nil, ValueFormat<DistinguishedName>.absoluteName.shape.orList(minimumCount: 1)) {
            (names, node, location, findings) -> [DistinguishedName]? in
            if names.isEmpty {
                findings.reject(node, at: location, expected: "at least one distinguished name")
                return nil
            }
            for (index, name) in names.enumerated() {
                for other in names[..<index]
                where name == other || name.isDescendant(of: other) || other.isDescendant(of: name) {
                    let relation = name == other ? "stands there twice" : "and \"\(other)\" overlap"
                    findings.add(
                        .contradiction("\"\(name)\" \(relation); everybody is exported once, so leave one of both out"),
                        at: location, offset: node.offset)
                    return nil
                }
            }
            return names
        }
}

extension ValueFormat<LDAPFilter> {
    static let filter = ValueFormat<String>.text.filter { text throws(FilterSyntaxError) in
        try LDAPFilter(parsing: text)
    }
}

extension ValueFormat<RecordFilter> {
    static let recordFilter = ValueFormat<String>.text.filter { text throws(FilterSyntaxError) in
        try RecordFilter(parsing: text)
    }
}

extension ValueFormat<String> {
    /// A filter in its string form.
    fileprivate func filter<Filter>(
        _ parse: @escaping @Sendable (String) throws(FilterSyntaxError) -> Filter
    ) -> ValueFormat<Filter> {
        refined("LDAP filter") { (text, node, location, findings) -> Filter? in
            do throws(FilterSyntaxError) {
                return try parse(text)
            } catch {
                findings.reject(node, at: location, expected: "an LDAP filter (RFC 4515); \(error.described(in: text))")
                return nil
            }
        }
    }
}

extension ValueFormat<AccountPattern> {
    static let accountPattern = ValueFormat<String>.text.refined("pattern") {
        (text, node, location, findings) -> AccountPattern? in
        guard let pattern = AccountPattern(text) else {
            findings.reject(node, at: location, expected: "a pattern whose \"[\" is closed by a \"]\", as in [a-c]")
            return nil
        }
        if pattern.matchesEverything {
            findings.reject(node, at: location, expected: "a pattern that does not match every name")
            return nil
        }
        return pattern
    }
}

extension ValueFormat<[String]> {
    /// Object classes that users can be of.
    static let objectClasses: ValueFormat = list("list of object classes", of: .objectClass)
        .refined(nil, .list(ValueFormat<String>.objectClass.shape, minimumCount: 1)) {
            (names, node, location, findings) -> [String]? in
            if !names.isEmpty { return names }
            findings.reject(node, at: location, expected: "at least one object class, such as \"user\"")
            return nil
        }
}

extension ValueFormat<String> {
    private static let noUsers: Set<String> = [
        "computer", "contact", "group", "foreignsecurityprincipal", "msds-groupmanagedserviceaccount",
        "msds-managedserviceaccount",
    ]

    fileprivate static let objectClass = ValueFormat<AttributeName>.attribute.refined("object class") {
        name, node, location, findings in
        if !noUsers.contains(name.description.lowercased()) { return name.description }
        findings.reject(node, at: location, expected: "an object class of people's accounts, such as \"user\"")
        return nil
    }
}
