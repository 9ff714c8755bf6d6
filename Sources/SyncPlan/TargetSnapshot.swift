public import Directory
public import DistinguishedNames

/// The target side as it was read: the domain, the managed container with everybody in it, the mapped groups.
public struct TargetSnapshot: Sendable {
    public let domain: Domain
    public let container: Container
    /// By the name the configuration uses, relative to `group_path`.
    public let groups: [DistinguishedName: DirectoryGroup]
    public let users: [DirectoryUser]
    /// Created elsewhere of late; may be among the users already.
    public let awaited: [AwaitedAccount]

    public init(
        domain: Domain, container: Container, groups: [DistinguishedName: DirectoryGroup], users: [DirectoryUser],
        awaited: [AwaitedAccount] = []
    ) {
        self.domain = domain
        self.container = container
        self.groups = groups
        self.users = users
        self.awaited = awaited
    }
}

/// Whom an operation or a question is about, in words an operator knows.
public struct Person: Sendable, Hashable {
    /// With the prefix, as it stands or is to stand in the target.
    public let commonName: String
    public let accountName: String
    public let anchor: Anchor?

    public init(commonName: String, accountName: String, anchor: Anchor?) {
        self.commonName = commonName
        self.accountName = accountName
        self.anchor = anchor
    }

    /// As the account itself tells.
    public init(_ user: DirectoryUser) {
        self.init(commonName: user.commonName, accountName: user.accountName, anchor: user.stamp.anchor)
    }

    /// Total, and independent of the order of file and directory.
    static func precedes(_ left: Person, _ right: Person) -> Bool {
        PersonKey(left) < PersonKey(right)
    }
}

/// What persons are ordered by, folded once.
struct PersonKey: Comparable {
    private let commonName: NameKey
    private let accountName: NameKey
    private let anchor: Anchor?

    init(_ person: Person) {
        commonName = NameKey(person.commonName)
        accountName = NameKey(person.accountName)
        anchor = person.anchor
    }

    static func < (left: Self, right: Self) -> Bool {
        if (left.commonName, left.accountName) != (right.commonName, right.accountName) {
            return (left.commonName, left.accountName) < (right.commonName, right.accountName)
        }
        switch (left.anchor, right.anchor) {
        case (let left?, let right?): return left < right
        case (nil, _?): return true
        case (_, nil): return false
        }
    }
}
