public import Directory
import DistinguishedNames

/// What an export has to say: the content of a user file, in the order in which it is written.
public struct UserFileDocument: Sendable, Equatable {
    public let header: UserFileHeader
    /// By account name as the directory compares it, then by anchor, then by the bytes of the names: a total order.
    public let users: [SourceUser]
    /// The configured attributes, in the configured order. Every record has all of them, `null` where the user has
    /// none.
    public let attributeNames: [AttributeName]

    /// - Parameters:
    ///   - users: in any order. Their anchors, where they have them, are of `header`'s source domain.
    ///   - attributeNames: as configured; repeated ones count once, and those that every record has anyway, not at all.
    /// - Precondition: an anchor of another domain is a programming error: the file could not tell it.
    public init(header: UserFileHeader, users: [SourceUser], attributeNames: [AttributeName]) {
        precondition(users.allSatisfy { $0.anchor.map { $0.domain == header.source?.domainGUID } ?? true })
        self.header = header
        self.users = Self.sorted(users)
        var known = Set(UserFileKey.Record.allCases.map { AttributeName($0.rawValue) })
        self.attributeNames = attributeNames.filter { known.insert($0).inserted }
    }

    private static func sorted(_ users: [SourceUser]) -> [SourceUser] {
        // The keys are made once for each user, not once for each comparison.
        users.map { (key: NameKey($0.accountName), user: $0) }
            .sorted { left, right in
                if left.key != right.key { return left.key < right.key }
                if let leftAnchor = left.user.anchor, let rightAnchor = right.user.anchor, leftAnchor != rightAnchor {
                    return leftAnchor < rightAnchor
                }
                return left.user.accountName.precedesBytewise(right.user.accountName)
            }
            .map(\.user)
    }
}
