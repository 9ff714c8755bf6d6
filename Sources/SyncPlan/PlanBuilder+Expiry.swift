import Directory

extension PlanBuilder {
    /// Shortens the expiry where it must be; on its own, so that an attribute the server refuses cannot keep access
    /// open.
    ///
    /// - Returns: the later expiry, where it is to be extended.
    mutating func planExpiry(
        _ subject: Subject, _ user: DirectoryUser, _ reference: UserReference
    ) -> ExpiryReplacement? {
        guard !subject.record.isDisabled else { return nil }
        switch expiry.change(from: user.expiry, to: expiry.wanted(by: subject.record)) {
        case .none: return nil
        case .extend(let later): return subject.fault == nil ? ExpiryReplacement(old: user.expiry, new: later) : nil
        case .shorten(let earlier):
            operations.append(
                Operation(
                    person: subject.person, stage: subject.isTakeOver ? .create : .withdraw,
                    verb: .update(adopted: false),
                    change: .update(
                        reference,
                        UserUpdate(replacements: [], expiry: ExpiryReplacement(old: user.expiry, new: earlier)))))
            return nil
        }
    }
}
