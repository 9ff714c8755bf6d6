public import SyncPlan

extension Resolution {
    /// How an entry of the file stands.
    public enum State: String, Sendable, CaseIterable {
        /// A question nobody has answered.
        case waiting
        /// Answered with yes; the next import performs it.
        case accepted
        case rejected
        /// An accepted name or grant: it stays in force for as long as it stands in the file.
        case standing
    }

    public var state: State {
        switch accept {
        case nil: .waiting
        case false?: .rejected
        case true?:
            switch kind {
            case .name, .grant: .standing
            case .enable, .disable, .join, .leave: .accepted
            }
        }
    }
}
