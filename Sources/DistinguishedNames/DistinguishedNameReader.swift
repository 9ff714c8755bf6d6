/// Parses the names of many objects. Those of one container share its name, which is parsed once and kept once.
public struct DistinguishedNameReader: Sendable {
    private var containers: [ExactText: DistinguishedName] = [:]

    public init() {}

    /// The same as ``DistinguishedName/init(parsing:)``.
    public mutating func read(_ text: String) throws(DistinguishedNameError) -> DistinguishedName {
        guard let comma = Self.firstSeparator(in: text.utf8) else { return try DistinguishedName(parsing: text) }
        let container = try self.container(String(text[text.utf8.index(after: comma)...]))
        let leaf = try DistinguishedName(parsing: text[..<comma]).leaf
        return leaf.map(container.appending) ?? container
    }

    private mutating func container(_ text: String) throws(DistinguishedNameError) -> DistinguishedName {
        if let known = containers[ExactText(text)] { return known }
        let name = try DistinguishedName(parsing: text)
        containers[ExactText(text)] = name
        return name
    }

    /// The comma that ends the first level; nil where the name is better parsed as a whole: it has one level, or a quoted
    /// value, or nothing before the comma or behind it.
    private static func firstSeparator(in text: String.UTF8View) -> String.Index? {
        var isEscaped = false
        for index in text.indices {
            switch text[index] {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "\""): return nil
            case UInt8(ascii: ","):
                return index == text.startIndex || text.index(after: index) == text.endIndex ? nil : index
            default: break
            }
        }
        return nil
    }
}
