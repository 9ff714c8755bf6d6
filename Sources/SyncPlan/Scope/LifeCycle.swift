/// The steps of an account's life that an import is for. All of them, unless the configuration or the command line
/// switches some off; what is withheld then is told in the plan's notices.
public struct LifeCycle: Sendable, Equatable {
    /// One step, by the word of the configuration.
    public enum Step: String, Sendable, CaseIterable, Comparable {
        /// New accounts, and those taken over.
        case create
        /// Attributes, names, places and groups of accounts that are there. Not the expiry, which is the lease of every account.
        case update
        /// Deactivating who is disabled at the source.
        case delete
        /// Deactivating who is missing from the file.
        case deleteMissing = "delete_missing"
        /// Offering to enable who came back.
        case restore

        public static func < (left: Step, right: Step) -> Bool { left.rawValue < right.rawValue }
    }

    public let switchedOff: Set<Step>

    public init(switchedOff: Set<Step> = []) { self.switchedOff = switchedOff }

    public static let whole = LifeCycle()
}
