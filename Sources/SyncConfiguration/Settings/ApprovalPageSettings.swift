/// The browser page of `import --interactive`.
public struct ApprovalPageSettings: Hashable, Sendable {
    /// The TCP port on the loopback address; nil for any free one.
    public let port: UInt16?
    /// How often an open page shows a sign of life; nil when pages are not watched.
    public let heartbeatInterval: Duration?
    /// Whether the session ends when its last page was closed.
    public let terminatesOnBrowserClose: Bool
}

extension ApprovalPageSettings: ConfigurationObject {
    init(reading reader: inout ObjectReader) {
        port = reader.read(Self.portKey).flatMap { UInt16(exactly: $0) }
        let interval = reader.read(Self.heartbeatKey)
        heartbeatInterval = interval > .zero ? interval : nil
        terminatesOnBrowserClose = reader.read(Self.terminateKey)
    }

    private static let portKey = Key<Int?>(
        "port", .nullable(.integer(1...65_535)), default: nil, shownAs: "any free port",
        "The TCP port of the approvals page, on the loopback address.",
        example: "8080"
    )
    private static let heartbeatKey = Key(
        "heartbeat_interval", .seconds(0...60), default: .seconds(5), shownAs: "5",
        "How often an open approvals page shows a sign of life. 0 means that pages are not watched.",
        example: "2.5"
    )
    private static let terminateKey = Key(
        "terminate_on_browser_close", .boolean, default: true, shownAs: "true",
        "Ends the interactive session when the last approvals page was closed.",
        example: "false"
    )
}
