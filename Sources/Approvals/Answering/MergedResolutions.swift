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
        var left = late
        var result: [Resolution] = []
        for entry in self {
            if let place = left.firstIndex(where: { $0.isSameQuestion(as: entry) }) {
                result.append(left.remove(at: place))
            } else if entry.accept == nil || !gone.contains(where: { $0.isSameQuestion(as: entry) }) {
                // A question that nobody has answered comes back: the run has just asked it.
                result.append(entry)
            }
        }
        return result + left.filter { $0.accept != nil }
    }
}
