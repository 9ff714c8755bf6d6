import SyncPlan

extension [Resolution] {
    /// What the file is to hold when a run that had read `base` wants to leave `self`, and others have made `current`
    /// of it meanwhile.
    ///
    /// Who wrote later knew more: an answer that is new takes the place of what the run leaves of the same question, and
    /// one that was taken back meanwhile is not put in again. What the run has performed stays performed: an entry it
    /// leaves out comes back only with a new answer.
    func merged(with current: [Resolution], since base: [Resolution]) -> [Resolution] {
        let known = Set(base)
        let late = current.filter { !known.contains($0) }
        let present = Set(current)
        let gone = base.filter { $0.accept != nil && !present.contains($0) }
        guard !late.isEmpty || !gone.isEmpty else { return self }
        let lateIndex = EntryIndex(late)
        let goneIndex = EntryIndex(gone)
        var placed = Set<Int>()
        var result: [Resolution] = []
        for entry in self {
            if let place = lateIndex.places(of: entry).first(where: { !placed.contains($0) }) {
                placed.insert(place)
                result.append(late[place])
            } else if entry.accept == nil || goneIndex.places(of: entry).isEmpty {
                // A question that nobody has answered comes back: the run has just asked it.
                result.append(entry)
            }
        }
        return result + late.indices.filter { !placed.contains($0) && late[$0].accept != nil }.map { late[$0] }
    }
}
