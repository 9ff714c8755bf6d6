/// How the page of a session is served.
public struct ApprovalServerSettings: Sendable {
    /// The TCP port on 127.0.0.1; nil for any free one.
    public let port: UInt16?
    /// How often an open page shows a sign of life; nil when pages are not watched.
    public let heartbeatInterval: Duration?
    public let lastPage: LastPage
    public let start: Start

    /// What who enters sees first.
    public enum Start: Sendable {
        case approvals, people

        var href: String {
            switch self {
            case .approvals: Section.approvals.href
            case .people: Section.people.href
            }
        }
    }

    /// What closing the last page means. Only pages that were watched are missed.
    public enum LastPage: Sendable {
        /// The session ends, unless passwords would be lost with it.
        case endsSession
        case keepsSession
    }

    public init(port: UInt16?, heartbeatInterval: Duration?, lastPage: LastPage, start: Start = .approvals) {
        self.port = port
        self.heartbeatInterval = heartbeatInterval
        self.lastPage = lastPage
        self.start = start
    }
}

/// Why a session ended.
public enum SessionEnd: Sendable, Equatable {
    /// The operator said so on the page.
    case finished
    /// Nobody looks at it any more.
    case lastPageClosed
    /// The surrounding task was cancelled.
    case cancelled
}

/// What a terminal may want to tell.
public enum ServerEvent: Sendable, Equatable {
    /// A browser came in through an entrance.
    case entered
    /// The last page is closed, and so many passwords would be lost: the session goes on. A new entrance leads back.
    case pageClosedWithUnexportedPasswords(Int)
}

public enum ServerError: Error, Sendable, Equatable, CustomStringConvertible {
    case portInUse(UInt16)
    /// The system's reason.
    case cannotListen(String)
    /// The system's reason.
    case cannotWritePage(String)

    public var description: String {
        switch self {
        case .portInUse(let port):
            "port \(port) is in use on 127.0.0.1 or [::1]: choose another in the key \"port\", or leave it out for any free one"
        case .cannotListen(let reason): "the approvals page cannot listen on 127.0.0.1: \(reason)"
        case .cannotWritePage(let reason):
            "the page that leads a browser to the approvals cannot be written: \(reason)"
        }
    }
}
