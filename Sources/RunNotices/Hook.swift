/// Where a notice goes, and when, and as what.
public struct Hook: Hashable, Sendable, CustomStringConvertible {
    public enum Way: Hashable, Sendable {
        /// A program with its arguments, never empty, started without a shell; the notice is its standard input.
        case command([String])
        case post(Post)
    }

    /// How a notice is posted.
    public struct Post: Hashable, Sendable {
        public let address: WebAddress
        /// A file with further header fields, such as a token; nil for none.
        public let headersFile: String?
        /// A PEM file of the authorities that are trusted instead of the system's; nil for the system's.
        public let caFile: String?
        /// How often it is tried again when the receiver is away, or says that it may work later.
        public let retries: Int

        public init(address: WebAddress, headersFile: String?, caFile: String?, retries: Int) {
            self.address = address
            self.headersFile = headersFile
            self.caFile = caFile
            self.retries = retries
        }
    }

    /// What the notice looks like.
    public enum Format: Hashable, Sendable {
        case json
        case text
        case mail(MailEnvelope)
    }

    public let events: Set<RunEvent>
    public let way: Way
    public let format: Format
    /// For the command, or for one attempt at posting.
    public let timeout: Duration

    public init(events: Set<RunEvent>, way: Way, format: Format, timeout: Duration) {
        self.events = events
        self.way = way
        self.format = format
        self.timeout = timeout
    }

    /// For the log: arguments and what stands behind the host of an address may be secret.
    public var description: String {
        switch way {
        case .command(let words): words.first ?? ""
        case .post(let post): post.address.description
        }
    }

    public func isCalled(for notice: RunNotice) -> Bool { !events.isDisjoint(with: notice.events) }
}
