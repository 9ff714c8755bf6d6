public import LDAP

/// Which directory servers to go to.
public enum ServerSettings: Hashable, Sendable {
    /// At least one; to be tried in this order.
    case listed([LDAPURI])
    /// Those that the DNS names for this domain.
    case domain(String)
}
