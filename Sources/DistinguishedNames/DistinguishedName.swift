/// A distinguished name, absolute or relative to some base (RFC 4514).
///
/// Names compare as the directory compares them: attribute types without case, values by ``NameKey``. The spelling a
/// name came in (`\2C` or `\,`, any case) does not matter. There is no way to make one by joining strings: text of outside
/// origin is parsed, values are appended and escape themselves.
public struct DistinguishedName: Hashable, Sendable, CustomStringConvertible {
    /// Nil for the name of no levels.
    private let level: Level?

    /// The leaf and what it stands below. Names below one another share their levels: in a directory of a hundred thousand
    /// users most differ in the leaf only.
    private final class Level: Sendable {
        let leaf: RelativeDistinguishedName
        let parent: Level?
        let depth: Int
        /// Of the leaf alone.
        let key: NameKey
        /// Of this level and all above it.
        let hash: Int

        init(_ leaf: RelativeDistinguishedName, below parent: Level?) {
            self.leaf = leaf
            self.parent = parent
            depth = (parent?.depth ?? 0) + 1
            key = NameKey(DistinguishedName.comparisonForm(leaf))
            var hasher = Hasher()
            hasher.combine(key)
            hasher.combine(parent?.hash)
            hash = hasher.finalize()
        }

        func ancestor(at depth: Int) -> Level? {
            var level = self
            while level.depth > depth {
                guard let parent = level.parent else { return nil }
                level = parent
            }
            return level
        }
    }

    private init(_ level: Level?) { self.level = level }

    public init(_ components: [RelativeDistinguishedName]) {
        level = components.reversed().reduce(nil) { Level($1, below: $0) }
    }

    /// The levels, the leaf first.
    public var components: [RelativeDistinguishedName] {
        Array(sequence(first: level, next: { $0?.parent }).prefix { $0 != nil }.compactMap { $0?.leaf })
    }

    private var depth: Int { level?.depth ?? 0 }

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
    public var parent: DistinguishedName? { (level?.parent).map(DistinguishedName.init) }

    /// The first level: the object's own name below its parent.
    public var leaf: RelativeDistinguishedName? { level?.leaf }

    /// `DC=target,DC=test` as `target.test`; nil where the name has no domain part.
    public var dnsDomain: String? {
        let labels = components.filter { $0.attribute.lowercased() == "dc" }.map(\.value)
        return labels.isEmpty ? nil : labels.joined(separator: ".")
    }

    /// This name as a child of `base`: `CN=Operators` under `OU=Groups,DC=target,DC=test`.
    public func under(_ base: DistinguishedName) -> DistinguishedName {
        DistinguishedName(components.reversed().reduce(base.level) { Level($1, below: $0) })
    }

    /// The child of this name called `leaf`.
    public func appending(_ leaf: RelativeDistinguishedName) -> DistinguishedName {
        DistinguishedName(Level(leaf, below: level))
    }

    /// Whether this name lies below `base`; a name does not lie below itself.
    public func isDescendant(of base: DistinguishedName) -> Bool {
        guard depth > base.depth else { return false }
        guard let top = base.level else { return true }
        return DistinguishedName(level?.ancestor(at: top.depth)) == base
    }

    /// What remains of this name above `base`: the inverse of ``under(_:)``; nil when it does not lie below `base`.
    public func relative(to base: DistinguishedName) -> DistinguishedName? {
        guard isDescendant(of: base) else { return nil }
        return DistinguishedName(Array(components.prefix(depth - base.depth)))
    }

    public static func == (left: Self, right: Self) -> Bool {
        var levels = (left: left.level, right: right.level)
        while levels.left !== levels.right {
            guard let left = levels.left, let right = levels.right, left.hash == right.hash, left.depth == right.depth,
                left.key == right.key
            else { return false }
            levels = (left.parent, right.parent)
        }
        return true
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(level?.hash) }

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
    public static func < (left: Self, right: Self) -> Bool {
        left.comparisonBytes.lexicographicallyPrecedes(right.comparisonBytes)
    }

    /// The keys of the levels, the leaf first, with commas between them.
    private var comparisonBytes: some Sequence<UInt8> {
        sequence(first: level, next: { $0?.parent }).prefix { $0 != nil }.lazy.compactMap { $0 }
            .flatMap { [UInt8(ascii: ",")] + $0.key.description.utf8 }
    }
}
