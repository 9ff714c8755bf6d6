public import Directory
public import SyncPlan

extension Resolution {
    /// The entry that an operator's word makes of this one; nil when it leaves the file.
    ///
    /// Id, anchor, members and the reason it was asked for stay. An entry that waits again carries nothing of the answer.
    ///
    /// A grant that is reset leaves: it was never asked. A name that is reset waits again, so that it can be answered in
    /// another way at once; the next import drops it when nobody else has the name any more.
    ///
    /// - Throws: ``AnsweringError`` for an answer that does not fit the kind.
    public func decided(_ decision: Decision, at time: Timestamp) throws(AnsweringError) -> Resolution? {
        var copy = self
        copy.timestamp = time
        copy.password = nil
        copy.keepPassword = false
        copy.newName = nil
        copy.takeOver = nil
        switch decision {
        case .accept(let acceptance):
            copy.accept = true
            try copy.take(acceptance)
        case .reject:
            copy.accept = false
        case .reset:
            guard kind != .grant else { return nil }
            copy.accept = nil
        }
        return copy
    }

    private mutating func take(_ acceptance: Decision.Acceptance) throws(AnsweringError) {
        switch (acceptance, kind) {
        case (.plain, .disable), (.plain, .join), (.plain, .leave), (.plain, .grant): break
        case (.enable(let password), .enable):
            self.password = password
            keepPassword = password == nil
        case (.newName(let name), .name): newName = name
        case (.takeOver(let account, let shown), .name):
            takeOver = account
            holder = shown ?? holder
        case (.plain, _), (.enable, _), (.newName, _), (.takeOver, _):
            throw AnsweringError(["\(id ?? user): this is no answer to \(kind.rawValue)"])
        }
    }
}

extension [Resolution] {
    /// The file after decisions about some of its entries, each in its place, and those entries as they are now.
    ///
    /// - Parameter decisions: about entries as they were read; a question that an import has refreshed since is still
    ///   the same.
    /// - Throws: ``AnsweringError`` when one of them was answered in another way, or left the file, meanwhile.
    public func deciding(
        _ decisions: [(entry: Resolution, decision: Decision)], at time: Timestamp
    ) throws(AnsweringError) -> [Resolution] {
        let index = EntryIndex(self)
        var places: [Element?] = map(\.self)
        var problems: [String] = []
        for (entry, decision) in decisions {
            let place = index.places(of: entry).first { places[$0]?.state == entry.state }
            if let place, let found = places[place] {
                places[place] = try found.decided(decision, at: time)
            } else {
                problems.append(
                    "\(entry.id ?? entry.user): \(entry.kind.rawValue) for \(entry.user) is not \(entry.state.rawValue) "
                        + "any more: somebody else answered it meanwhile, or an import did what was asked")
            }
        }
        guard problems.isEmpty else { throw AnsweringError(problems) }
        return places.compactMap(\.self)
    }
}
