extension DistinguishedName {
    /// The lowest name that each of the names is, or is below; nil where they have nothing in common, or there are none.
    public static func commonAncestor(of names: some Sequence<DistinguishedName>) -> DistinguishedName? {
        var result: DistinguishedName?
        for name in names {
            guard var candidate = result else {
                result = name
                continue
            }
            while name != candidate, !name.isDescendant(of: candidate) {
                guard let parent = candidate.parent else { return nil }
                candidate = parent
            }
            result = candidate
        }
        return result
    }
}
