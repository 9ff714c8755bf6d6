public import Directory
import DistinguishedNames
public import LDAPFilters

/// What somebody types to find people: parts of names, or an LDAP filter, which begins with a parenthesis.
public struct PeopleSearch: Sendable, Hashable {
    private enum Criterion: Hashable, Sendable {
        /// Each of them is a part of some name.
        case parts([NameKey])
        case filter(RecordFilter)
    }

    private let criterion: Criterion

    /// - Parameter known: the attributes that a filter may speak of: ``Directory/SourcePopulation/attributeNames``.
    /// - Throws: ``FilterSyntaxError`` for a filter that is none, or that asks for what the file does not carry.
    public init(_ text: String, known: @autoclosure () -> Set<AttributeName>) throws(FilterSyntaxError) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.first?.hasPrefix("(") ?? false else {
            criterion = .parts(words.map { NameKey($0) })
            return
        }
        let filter = try RecordFilter(parsing: Self.trimmed(text))
        let known = known()
        if let (name, position) = filter.unknownAttributes(among: known).first {
            throw FilterSyntaxError(
                position: position,
                reason: FilterSyntaxError.Reason(
                    "the file does not carry \(name); it has "
                        + known.sorted().map(\.description).joined(separator: ", ")))
        }
        criterion = .filter(filter)
    }

    /// - Parameters:
    ///   - record: nil for somebody who is missing from the file; no filter is ever true of nobody's record.
    ///   - names: what the person is called here.
    public func finds(_ record: SourceUser?, names: [String]) -> Bool {
        switch criterion {
        case .filter(let filter): return record.map(filter.matches) ?? false
        case .parts(let parts):
            guard !parts.isEmpty else { return true }
            let names = names.map { NameKey($0) }
            return parts.allSatisfy { part in
                names.contains { $0.contains(part) } || record?.isCalledSomethingLike(part) ?? false
            }
        }
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start[..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.endIndex)])
    }
}
