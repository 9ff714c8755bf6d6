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
        let policy = planner.policy
        let fromFile = policy.expirationTime.after(min(planner.source.timestamp ?? planner.now, planner.now))
        let own = AccountExpiry.at(fromFile.roundedDownToSecond)
        return policy.sourceExpiry == .honour ? own.earlier(record.expiry) : own
    }

    /// Shortening counts at once; extending only when it moves by more than a day or a quarter of `expiration_time`,
    /// whichever is less, so that an hourly run stays cheap.
    func expiryChange(from current: AccountExpiry, to wanted: AccountExpiry) -> ExpiryChange {
        guard case .at(let end) = wanted else { return current == .never ? .none : .extend(wanted) }
        guard case .at(let now) = current, now <= end else { return .shorten(wanted) }
        let span = planner.policy.expirationTime.after(planner.now).seconds(since: planner.now)
        return end.seconds(since: now) > min(86_400, span / 4) ? .extend(wanted) : .none
    }
}
