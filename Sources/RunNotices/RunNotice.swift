public import Directory

/// That a run has ended, and how: what hooks and metrics are made of.
public struct RunNotice: Sendable {
    /// What the run itself says of what it did.
    public struct Report: Sendable {
        /// The summary, as `--json` prints it.
        public let document: any Encodable & Sendable
        /// The summary as people read it, without colours, lines ended by a line feed.
        public let text: String
        public let totals: RunTotals

        public init(document: any Encodable & Sendable, text: String, totals: RunTotals) {
            self.document = document
            self.text = text
            self.totals = totals
        }
    }

    /// `export` or `import`.
    public let command: String
    /// The absolute path of the configuration file.
    public let configuration: String
    /// The name of this machine.
    public let host: String
    /// Of the program.
    public let version: String
    public let started: Timestamp
    public let elapsed: Duration
    /// What the run ends with, as the README lists them.
    public let status: Int32
    /// Why it ended without having done its work; nil where it has.
    public let error: String?
    /// Nil for a run that did not get so far: nothing was written then.
    public let report: Report?

    public init(
        command: String, configuration: String, host: String, version: String, started: Timestamp, elapsed: Duration,
        status: Int32, error: String?, report: Report?
    ) {
        self.command = command
        self.configuration = configuration
        self.host = host
        self.version = version
        self.started = started
        self.elapsed = elapsed
        self.status = status
        self.error = error
        self.report = report
    }

    /// In the order of ``RunEvent``; never empty.
    public var events: [RunEvent] {
        let hasFailures = (report?.totals.failures ?? 0) > 0
        var found: Set<RunEvent> = []
        switch status {
        case Self.done, Self.donePending: found.insert(hasFailures ? .failure : .success)
        case Self.heldBack: found.formUnion(hasFailures ? [.brake, .failure] : [.brake])
        default: found.insert(.failure)
        }
        if (report?.totals.newlyPending ?? 0) > 0 { found.insert(.pending) }
        return RunEvent.allCases.filter(found.contains)
    }

    /// With `--fail-on-pending`, the run did all it could and ends with another status.
    private static let donePending: Int32 = 2
    private static let done: Int32 = 0
    private static let heldBack: Int32 = 3

    /// In seconds, to the millisecond.
    var elapsedSeconds: Double {
        let (seconds, attoseconds) = elapsed.components
        return Double(seconds * 1000 + attoseconds / 1_000_000_000_000_000) / 1000
    }

    var ended: Timestamp { started.adding(seconds: elapsed.components.seconds) }
}
