/// Which pages are open, and which of them may act: the newest, until another takes over. Pure.
struct TabRegister: Sendable {
    private var lastSigns: [String: Duration] = [:]
    /// The newest, or the one that took over.
    private(set) var active: String?
    /// When the last page went; nil while one is there, and before the first came.
    private(set) var emptySince: Duration?

    /// A page that gave no sign for so long was closed by a crash. Browsers slow down what is hidden to one timer a
    /// minute.
    static let silence = Duration.seconds(90)
    /// Between a page that goes and the next one that comes, when somebody reloads or follows a link.
    static let grace = Duration.seconds(4)
    /// No more than an operator could mean to have open.
    private static let most = 64

    func isActive(_ tab: String) -> Bool {
        active.map { $0.utf8.elementsEqual(tab.utf8) } ?? true
    }

    mutating func sign(of tab: String, at now: Duration) {
        if lastSigns[tab] == nil {
            guard lastSigns.count < Self.most else { return }
            active = tab
        }
        if active == nil { active = tab }
        lastSigns[tab] = now
        emptySince = nil
    }

    mutating func takeOver(by tab: String, at now: Duration) {
        sign(of: tab, at: now)
        active = tab
    }

    mutating func close(_ tab: String, at now: Duration) {
        guard lastSigns.removeValue(forKey: tab) != nil else { return }
        if active == tab { active = lastSigns.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key }
        if lastSigns.isEmpty { emptySince = now }
    }

    /// Closes those that fell silent.
    mutating func dropSilent(at now: Duration) {
        for (tab, sign) in lastSigns where now - sign >= Self.silence { close(tab, at: now) }
    }

    /// Whether the last page has been gone for long enough to be missed.
    func isDeserted(at now: Duration) -> Bool {
        emptySince.map { now - $0 >= Self.grace } ?? false
    }

    /// Those who left with passwords unexported were told; they are told again only when they left again.
    mutating func forgiveDesertion() {
        emptySince = nil
    }
}
