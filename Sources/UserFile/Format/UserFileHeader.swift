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

    public let users: Int
    /// One for each of `search_groups`, those without members included; in the order of the names.
    public let members: [GroupCount]
    /// `highestCommittedUSN` of the server that was read, from before the first read ([MS-ADTS] 3.1.1.3.2.9).
    public let highestCommittedUSN: Int64

    public init(users: Int, members: [GroupCount], highestCommittedUSN: Int64) {
        self.users = users
        self.members = members.sorted { $0.group < $1.group }
        self.highestCommittedUSN = highestCommittedUSN
    }
}
