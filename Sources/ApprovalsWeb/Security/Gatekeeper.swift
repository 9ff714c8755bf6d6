import Directory

/// Knows who may come in: entrances that were not used yet, and the cookies of those who did.
actor Gatekeeper {
    /// Cookies do not tell ports apart: under a name of its own, no other local server gets this session's cookie.
    private let hostName = Token.randomDigits(words: 1) + ".localhost"
    /// What every form of this session carries.
    nonisolated let formToken = Token()
    private var authority: String?
    private var entrances: [(token: Token, page: RedirectPage?)] = []
    private var cookies: [Token] = []

    static let cookieName = "approvals"

    func listens(on port: Int) {
        authority = port == 80 ? hostName : "\(hostName):\(port)"
    }

    /// Nil before the server listens.
    func newEntrance() -> Entrance? {
        guard let authority else { return nil }
        let token = Token()
        entrances.append((token, nil))
        return Entrance(url: Secret("http://\(authority)/enter?token=\(token.digits)"), token: token)
    }

    /// The page goes when the entrance was used, or with the session.
    func attach(_ page: RedirectPage, to entrance: Entrance) {
        guard let index = entrances.firstIndex(where: { $0.token.matches(entrance.token.digits) }) else {
            return page.remove()
        }
        entrances[index].page?.remove()
        entrances[index].page = page
    }

    /// Exchanges an entrance's token, which is void then, for a cookie.
    func enter(with candidate: String) -> Token? {
        var found: Int?
        for (index, entrance) in entrances.enumerated() where entrance.token.matches(candidate) { found = index }
        guard let found else { return nil }
        entrances.remove(at: found).page?.remove()
        let cookie = Token()
        cookies.append(cookie)
        return cookie
    }

    func isOurs(authority candidate: String?) -> Bool {
        guard let authority, let candidate else { return false }
        return Array(authority.utf8) == Array(candidate.utf8)
    }

    func isOurs(origin candidate: String?) -> Bool {
        guard let candidate, candidate.hasPrefix("http://") else { return false }
        return isOurs(authority: String(candidate.dropFirst(7)))
    }

    func admits(cookie candidate: String) -> Bool {
        cookies.reduce(false) { $1.matches(candidate) || $0 }
    }

    func close() {
        for entrance in entrances { entrance.page?.remove() }
        entrances = []
        cookies = []
    }
}
