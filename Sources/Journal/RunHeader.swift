/// The first line of a journal: which run, by whom, with what, against what. Times are ISO 8601 in UTC.
public struct RunHeader: Codable, Sendable, Equatable {
    /// Of the journal; a reader refuses a higher one than it knows.
    ///
    /// 2 has runs that are undos; everything else is as in 1.
    public static let currentFormat = 2

    /// Who ran it, and as whom it spoke to the directory.
    public struct Who: Codable, Sendable, Equatable {
        public let uid: UInt32
        public let user: String?
        /// Who signed in at this machine, where that is somebody else: behind `sudo`, for instance.
        public let loginUser: String?
        public let host: String
        /// The account that the tool signed in to the directory with.
        public let account: String

        public init(uid: UInt32, user: String?, loginUser: String?, host: String, account: String) {
            self.uid = uid
            self.user = user
            self.loginUser = loginUser
            self.host = host
            self.account = account
        }

        enum CodingKeys: String, CodingKey {
            case uid, user, host, account
            case loginUser = "login_user"
        }
    }

    public struct Target: Codable, Sendable, Equatable {
        /// DNS name.
        public let domain: String
        public let domainGUID: String
        public let container: String
        public let containerGUID: String
        /// The domain controller that answered.
        public let server: String

        public init(domain: String, domainGUID: String, container: String, containerGUID: String, server: String) {
            self.domain = domain
            self.domainGUID = domainGUID
            self.container = container
            self.containerGUID = containerGUID
            self.server = server
        }

        enum CodingKeys: String, CodingKey {
            case domain, container, server
            case domainGUID = "domain_guid"
            case containerGUID = "container_guid"
        }
    }

    public let format: Int
    public let run: String
    /// As it is typed: `import`, `import --interactive`, `resolutions accept --apply`, `undo`.
    public let command: String
    public let started: String
    /// Of this program.
    public let version: String
    public let who: Who
    /// Nil for an undo.
    public let file: ImportedFile?
    /// The id of the run that an undo takes back; nil for every other.
    public let undoes: String?
    public let target: Target

    public init(
        run: String, command: String, started: String, version: String, who: Who, file: ImportedFile?,
        undoes: String? = nil, target: Target
    ) {
        format = Self.currentFormat
        self.run = run
        self.command = command
        self.started = started
        self.version = version
        self.who = who
        self.file = file
        self.undoes = undoes
        self.target = target
    }
}

/// The user file of a run.
public struct ImportedFile: Codable, Sendable, Equatable {
    public let path: String
    /// SHA-256 of its body, hexadecimal.
    public let sha256: String
    /// When it was written, ISO 8601 in UTC; this and what follows is nil where the file does not say.
    public let timestamp: String?
    public let sequence: Int?
    public let exportID: String?
    public let source: String?
    public let sourceGUID: String?

    public init(
        path: String, sha256: String, timestamp: String?, sequence: Int?, exportID: String?, source: String?,
        sourceGUID: String?
    ) {
        self.path = path
        self.sha256 = sha256
        self.timestamp = timestamp
        self.sequence = sequence
        self.exportID = exportID
        self.source = source
        self.sourceGUID = sourceGUID
    }

    enum CodingKeys: String, CodingKey {
        case path, sha256, timestamp, sequence, source
        case exportID = "export_id"
        case sourceGUID = "source_domain_guid"
    }
}
