public import Directory
public import DistinguishedNames

/// Everything that stands beside `users`. UserSync 1.0 writes `timestamp` only, so all of it may be lacking.
public struct UserFileHeader: Sendable, Equatable {
    /// The format this version writes; files of a higher one are refused.
    public static let currentFormat = 2

    /// When the source was read, in UTC.
    public let timestamp: Timestamp?
    public let format: Int?
    /// Names the export in the logs of both sides.
    public let exportID: String?
    /// Rises by one with each export of one state folder.
    public let sequence: Int?
    public let source: SourceDescription?
    public let completeness: Completeness?

    public init(
        timestamp: Timestamp?, format: Int? = currentFormat, exportID: String?, sequence: Int?,
        source: SourceDescription?, completeness: Completeness?
    ) {
        self.timestamp = timestamp
        self.format = format
        self.exportID = exportID
        self.sequence = sequence
        self.source = source
        self.completeness = completeness
    }
}

/// Where a user file comes from.
public struct SourceDescription: Sendable, Equatable {
    /// The DNS name of the source domain.
    public let domain: String
    /// The `objectGUID` of the source domain: half of every anchor.
    public let domainGUID: GUID
    /// The domain controller that was read.
    public let server: String

    public init(domain: String, domainGUID: GUID, server: String) {
        self.domain = domain
        self.domainGUID = domainGUID
        self.server = server
    }
}

/// What the export counted while it read, so that a file can prove that nothing of it was lost.
public struct Completeness: Sendable, Equatable {
    public struct GroupCount: Sendable, Equatable {
        /// Relative to the source's `group_path`.
        public let group: DistinguishedName
        /// How many records of the file name the group.
        public let count: Int

        public init(group: DistinguishedName, count: Int) {
            self.group = group
            self.count = count
        }
    }

    /// How many records are of users in one container.
    public struct UnitCount: Sendable, Equatable {
        /// Relative to the source's `user_path`, printable; ``userPath`` for that itself.
        public let unit: String
        public let count: Int

        /// No distinguished name reads so.
        public static let userPath = "."

        public init(unit: String, count: Int) {
            self.unit = unit
            self.count = count
        }
    }

    /// The totals of the export before this one.
    public struct Previous: Sendable, Equatable {
        public let exportID: String
        public let sequence: Int
        public let timestamp: Timestamp
        public let users: Int
        public let disabled: Int

        public init(exportID: String, sequence: Int, timestamp: Timestamp, users: Int, disabled: Int) {
            self.exportID = exportID
            self.sequence = sequence
            self.timestamp = timestamp
            self.users = users
            self.disabled = disabled
        }
    }

    public let users: Int
    /// Every container that has users of its own, in the order of the names; older files of format 2 lack it.
    public let units: [UnitCount]?
    /// One for each of `search_groups`, those without members included; in the order of the names.
    public let members: [GroupCount]
    /// In how many pages the users came; older files of format 2 lack it.
    public let pages: Int?
    /// The domain controller that was read; older files of format 2 lack it.
    public let server: String?
    /// `highestCommittedUSN` of the server that was read, from before the first read ([MS-ADTS] 3.1.1.3.2.9).
    public let highestCommittedUSN: Int64
    /// Nil for the first export of a state folder; older files of format 2 lack it.
    public let previous: Previous?

    public init(
        users: Int, units: [UnitCount]? = nil, members: [GroupCount], pages: Int? = nil, server: String? = nil,
        highestCommittedUSN: Int64, previous: Previous? = nil
    ) {
        self.users = users
        self.units = units
        self.members = members.sorted { $0.group < $1.group }
        self.pages = pages
        self.server = server
        self.highestCommittedUSN = highestCommittedUSN
        self.previous = previous
    }
}
