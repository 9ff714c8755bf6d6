import Directory

extension PlanBuilder {
    enum ExpiryChange {
        case none
        case extend(AccountExpiry)
        case shorten(AccountExpiry)
    }

    /// The file's time plus `expiration_time`, at most now plus it, and no later than the source's own expiry: a sync that
    /// stops running, or one that imports the same old file for ever, lets access run out.
    func wantedExpiry(of record: SourceUser) -> AccountExpiry {
        guard planner.policy.sourceExpiry == .honour, case .at(let end) = ownExpiry.earlier(record.expiry) else {
            return ownExpiry
        }
        return .at(max(end, Self.earliestExpiry))
    }

    /// Before anybody's account can have worked. The first instants of FILETIME are none: 0 means never.
    private static let earliestExpiry = Timestamp(unixSeconds: 0)

    /// The expiry of everybody whom the source does not let go earlier.
    static func ownExpiry(_ planner: Planner) -> AccountExpiry {
        let time = planner.policy.expirationTime
        // Months differ in length, so the sum that is the earlier need not be that of the earlier time.
        let fromNow = time.after(planner.now)
        let fromFile = planner.source.timestamp.map(time.after) ?? fromNow
        return .at(min(fromFile, fromNow).roundedDownToSecond)
    }

    /// Shortens the expiry where it must be; on its own, so that an attribute the server refuses cannot keep access
    /// open.
    ///
    /// - Returns: the later expiry, where it is to be extended.
    mutating func planExpiry(
        _ subject: Subject, _ user: DirectoryUser, _ reference: UserReference
    ) -> ExpiryReplacement? {
        guard !subject.record.isDisabled else { return nil }
        switch expiryChange(from: user.expiry, to: wantedExpiry(of: subject.record)) {
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

    /// Shortening counts at once; extending only when it moves by more than a day or a quarter of `expiration_time`,
    /// whichever is less, so that an hourly run stays cheap.
    func expiryChange(from current: AccountExpiry, to wanted: AccountExpiry) -> ExpiryChange {
        guard case .at(let end) = wanted else { return current == .never ? .none : .extend(wanted) }
        guard case .at(let now) = current, now <= end else { return .shorten(wanted) }
        return end.seconds(since: now) > extensionThreshold ? .extend(wanted) : .none
    }
}
