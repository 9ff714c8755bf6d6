public import SyncPlan

/// An entry for people and programs to look at: its keys and its state, and never its password.
public struct ShownResolution: Sendable, Encodable {
    private let entry: ResolutionEntry
    private let state: String
    /// Nil where a password means nothing.
    private let hasPassword: Bool?

    public init(_ resolution: Resolution) {
        self.init(resolution, state: resolution.state.rawValue)
    }

    /// One that has just left the file.
    public static func removed(_ resolution: Resolution) -> ShownResolution {
        ShownResolution(resolution, state: "removed")
    }

    private init(_ resolution: Resolution, state: String) {
        var withoutPassword = resolution
        withoutPassword.password = nil
        entry = ResolutionEntry(withoutPassword)
        self.state = state
        hasPassword = resolution.kind == .enable || resolution.password != nil ? resolution.password != nil : nil
    }

    private enum CodingKeys: String, CodingKey {
        case state
        case hasPassword = "has_password"
    }

    public func encode(to encoder: any Encoder) throws {
        try entry.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(state, forKey: .state)
        try container.encodeIfPresent(hasPassword, forKey: .hasPassword)
    }
}
