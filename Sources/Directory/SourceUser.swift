public import DistinguishedNames

/// One user as the user file tells it: what the source domain wants to be true here.
///
/// A class, as ``DirectoryUser`` is, and for the same reason.
public final class SourceUser: Sendable {
    /// 1 for the first record of the file; what messages about the record name.
    public let position: Int
    public let accountName: String
    /// Without prefix.
    public let commonName: String
    public let isDisabled: Bool
    public let expiry: AccountExpiry
    /// Relative to the source's `group_path`.
    public let groups: [DistinguishedName]
    /// Nil in files that carry no anchors, such as those of UserSync 1.0.
    public let anchor: Anchor?
    /// Everything else the file carries, and nothing that stands above.
    public let attributes: AttributeRow

    public init(
        position: Int, accountName: String, commonName: String, isDisabled: Bool, expiry: AccountExpiry,
        groups: [DistinguishedName], anchor: Anchor?, attributes: AttributeRow
    ) {
        self.position = position
        self.accountName = accountName
        self.commonName = commonName
        self.isDisabled = isDisabled
        self.expiry = expiry
        self.groups = groups
        self.anchor = anchor
        self.attributes = attributes
    }
}

extension SourceUser {
    /// The same person with other attributes.
    public func with(_ attributes: AttributeRow) -> SourceUser {
        SourceUser(
            position: position, accountName: accountName, commonName: commonName, isDisabled: isDisabled,
            expiry: expiry, groups: groups, anchor: anchor, attributes: attributes)
    }
}

extension SourceUser: Equatable {
    /// Whether every field is the same; that it is one and the same object only makes the answer quicker.
    public static func == (left: SourceUser, right: SourceUser) -> Bool {
        if left === right { return true }
        return left.position == right.position && left.accountName == right.accountName
            && left.commonName == right.commonName && left.isDisabled == right.isDisabled
            && left.expiry == right.expiry && left.groups == right.groups && left.anchor == right.anchor
            && left.attributes == right.attributes
    }
}

/// Everybody the source domain names, and when it did.
public struct SourcePopulation: Sendable, Equatable {
    /// When the file was written; nil in files that do not say.
    public let timestamp: Timestamp?
    /// The source domain's `objectGUID`; nil in files of UserSync 1.0.
    public let domain: GUID?
    public internal(set) var users: [SourceUser]
    /// Why somebody may be lacking, when the file contradicts its own counts; nobody is taken to have left then.
    public internal(set) var incompleteness: String?
    /// Records that cannot be used as they stand, by position.
    public internal(set) var faults: [Int: RecordFault] = [:]
    /// Whose manager is who, by position; empty where the file does not tell. See ``takingManagers()``.
    public internal(set) var managers: [Int: ManagerLink] = [:]
    /// Where in the managed container people are to stand, relative to it, by position. Who is not among them stays where
    /// he is, and is created directly in the container.
    public internal(set) var units: [Int: DistinguishedName] = [:]

    public init(timestamp: Timestamp?, domain: GUID?, users: [SourceUser], incompleteness: String? = nil) {
        self.timestamp = timestamp
        self.domain = domain
        self.users = users
        self.incompleteness = incompleteness
    }
}
