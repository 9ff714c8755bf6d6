/// A distinguished name, absolute or relative to some base (RFC 4514).
///
/// Names compare as the directory compares them: attribute types without case, values by ``NameKey``. The spelling a
/// name came in (`\2C` or `\,`, any case) does not matter. There is no way to make one by joining strings: text of outside
/// origin is parsed, values are appended and escape themselves.
public struct DistinguishedName: Hashable, Sendable, CustomStringConvertible {
    /// The levels, the leaf first.
    public let components: [RelativeDistinguishedName]
    private let key: NameKey

    public init(_ components: [RelativeDistinguishedName]) {
        self.components = components
        self.key = NameKey(components.map(Self.comparisonForm).joined(separator: ","))
    }

    /// Parses RFC 4514 text, and the older forms AD also takes: quoted values, spaces around separators.
    ///
    /// - Throws: ``DistinguishedNameError`` that tells what is wrong and where.
    public init(parsing text: some StringProtocol) throws(DistinguishedNameError) {
        var parser = DistinguishedNameParser(String(text))
        self.init(try parser.parse())
    }

    /// The escaped text, the leaf first. Safe to send to a server; not for comparison.
    public var description: String {
        components.map(\.description).joined(separator: ",")
    }

    /// The name one level up; nil for a name of one level or none.
    public var parent: DistinguishedName? {
        components.count > 1 ? DistinguishedName(Array(components.dropFirst())) : nil
    }

    /// The first level: the object's own name below its parent.
    public var leaf: RelativeDistinguishedName? { components.first }

    /// `DC=target,DC=test` as `target.test`; nil where the name has no domain part.
    public var dnsDomain: String? {
        let labels = components.filter { $0.attribute.lowercased() == "dc" }.map(\.value)
        return labels.isEmpty ? nil : labels.joined(separator: ".")
    }

    /// This name as a child of `base`: `CN=Operators` under `OU=Groups,DC=target,DC=test`.
    public func under(_ base: DistinguishedName) -> DistinguishedName {
        DistinguishedName(components + base.components)
    }

    /// The child of this name called `leaf`.
    public func appending(_ leaf: RelativeDistinguishedName) -> DistinguishedName {
        DistinguishedName([leaf] + components)
    }

    /// Whether this name lies below `base`; a name does not lie below itself.
    public func isDescendant(of base: DistinguishedName) -> Bool {
        components.count > base.components.count
            && components.suffix(base.components.count).elementsEqual(base.components)
    }

    /// What remains of this name above `base`: the inverse of ``under(_:)``; nil when it does not lie below `base`.
    public func relative(to base: DistinguishedName) -> DistinguishedName? {
        guard isDescendant(of: base) else { return nil }
        return DistinguishedName(Array(components.dropLast(base.components.count)))
    }

    public static func == (left: Self, right: Self) -> Bool { left.key == right.key }

    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    private static func comparisonForm(_ component: RelativeDistinguishedName) -> String {
        // Folded before it is joined, so that spaces at the ends of a value do not count inside the joined text either;
        // escaped, so that a comma in a value is no separator.
        let folded = RelativeDistinguishedName(
            attribute: component.attribute,
            value: NameKey(component.value).description
        )
        return folded.description
    }
}

extension DistinguishedName: Comparable {
    /// The order of the comparison keys: total, and the same on every machine.
    public static func < (left: Self, right: Self) -> Bool { left.key < right.key }
}
