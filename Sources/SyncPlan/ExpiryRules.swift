import Directory

/// When accounts are to end, and whether that is worth a write.
struct ExpiryRules: Sendable {
    enum Change {
        case none
        case extend(AccountExpiry)
        case shorten(AccountExpiry)
    }

    /// Of everybody whom the source does not let go earlier.
    private let own: AccountExpiry
    private let honoursSource: Bool
    /// Seconds by which an expiry has to move to be worth a write.
    private let extensionThreshold: Int64

    init(_ planner: Planner) {
        let time = planner.policy.expirationTime
        // Months differ in length, so the sum that is the earlier need not be that of the earlier time.
        let fromNow = time.after(planner.now)
        let fromFile = planner.source.timestamp.map(time.after) ?? fromNow
        own = .at(min(fromFile, fromNow).roundedDownToSecond)
        honoursSource = planner.policy.sourceExpiry == .honour
        extensionThreshold = min(86_400, fromNow.seconds(since: planner.now) / 4)
    }

    /// The file's time plus `expiration_time`, at most now plus it, and no later than the source's own expiry: a sync that
    /// stops running, or one that imports the same old file for ever, lets access run out.
    func wanted(by record: SourceUser) -> AccountExpiry {
        guard honoursSource, case .at(let end) = own.earlier(record.expiry) else { return own }
        return .at(max(end, Self.earliest))
    }

    /// Shortening counts at once; extending only when it moves by more than a day or a quarter of `expiration_time`,
    /// whichever is less, so that an hourly run stays cheap.
    func change(from current: AccountExpiry, to wanted: AccountExpiry) -> Change {
        guard case .at(let end) = wanted else { return current == .never ? .none : .extend(wanted) }
        guard case .at(let now) = current, now <= end else { return .shorten(wanted) }
        return end.seconds(since: now) > extensionThreshold ? .extend(wanted) : .none
    }

    /// Before anybody's account can have worked. The first instants of FILETIME are none: 0 means never.
    private static let earliest = Timestamp(unixSeconds: 0)
}
