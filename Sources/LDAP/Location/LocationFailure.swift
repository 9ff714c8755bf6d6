/// Why the servers of a domain cannot be found, in a sentence that also says what to do.
public enum LocationFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The DNS knows no such name.
    case noSuchDomain(String)
    /// It knows the domain, but no directory server of it.
    case noServers(String)
    /// Its servers are said to be outside the domain.
    case foreignServers(String, hosts: [String])
    /// No DNS server answers, or none that can.
    case unavailable(String, words: String)

    public var description: String {
        switch self {
        case .noSuchDomain(let domain):
            "the DNS knows no domain \(domain): correct `server` (a domain controller's own name is written as "
                + "ldaps://\(domain)), or let this machine ask the domain's own DNS servers (/etc/resolv.conf)"
        case .noServers(let domain):
            "the DNS names no directory server of \(domain): there is no SRV record _ldap._tcp.\(domain). Let this machine "
                + "ask the domain's own DNS servers (/etc/resolv.conf), or name the domain controllers themselves "
                + "in `server`, as ldaps://…"
        case .foreignServers(let domain, let hosts):
            "the DNS names servers of \(domain) that are not in that domain: "
                + "\(hosts.joined(separator: ", ").withoutControlCharacters). Anybody can say so, so they are not "
                + "believed; if it is true, name them in `server` as ldaps://…"
        case .unavailable(let domain, let words):
            "no DNS server tells the servers of \(domain): \(words). See /etc/resolv.conf and whether the servers in it "
                + "answer, or name the domain controllers themselves in `server`, as ldaps://…"
        }
    }
}
