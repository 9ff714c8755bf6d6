import Delegation

/// The commands a check ends with.
struct CheckGrants: Sendable {
    /// For what every import needs.
    let missing: GrantCommands
    /// For single accounts outside the container.
    let takeOver: GrantCommands

    static let none = CheckGrants(missing: .none, takeOver: .none)
}
