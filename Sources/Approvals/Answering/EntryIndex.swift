import SyncPlan

/// Finds entries about the same question among many; a first import may queue tens of thousands.
struct EntryIndex {
    private let entries: [Resolution]
    private let byID: [[UInt8]: [Int]]
    private let byIdentity: [EntryIdentity: [Int]]

    init(_ entries: [Resolution]) {
        self.entries = entries
        byID = Dictionary(grouping: entries.indices) { entries[$0].id.map { Array($0.utf8) } ?? [] }
        byIdentity = Dictionary(grouping: entries.indices) { entries[$0].identityWithoutID }
    }

    /// The places of the entries that are about the same as `entry`, in their order: those with its id; and, where one of
    /// the two has no id, those that say the same.
    func places(of entry: Resolution) -> [Int] {
        let alike = byIdentity[entry.identityWithoutID] ?? []
        guard let id = entry.id else { return alike }
        let handmade = alike.filter { entries[$0].id == nil }
        return handmade.isEmpty ? byID[Array(id.utf8)] ?? [] : ((byID[Array(id.utf8)] ?? []) + handmade).sorted()
    }
}
