/// The immutable identity of a source user: the source domain's GUID and the user's `objectGUID`.
///
/// Stamped on the target user, so that a rename stays the same person and everybody sees who owns the account.
public struct Anchor: Hashable, Sendable, CustomStringConvertible {
    public let domain: GUID
    public let user: GUID

    public init(domain: GUID, user: GUID) {
        self.domain = domain
        self.user = user
    }

    /// Reads the stamped form; nil for any other text.
    public init?(stamp: String) {
        let parts = stamp.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.prefix, let domain = GUID(parts[1]), let user = GUID(parts[2]) else {
            return nil
        }
        self.init(domain: domain, user: user)
    }

    /// What is written to the anchor attribute: `ad-user-sync:<source domain GUID>:<objectGUID>`.
    public var description: String { "\(Self.prefix):\(domain):\(user)" }

    private static let prefix = "ad-user-sync"
}

extension Anchor: Comparable {
    public static func < (left: Anchor, right: Anchor) -> Bool {
        (left.domain, left.user) < (right.domain, right.user)
    }
}

/// What the anchor attribute of a target user holds.
public enum AnchorStamp: Hashable, Sendable {
    /// The attribute is absent, or anchors are switched off.
    case none
    case anchor(Anchor)
    /// Somebody else's text. It is never overwritten.
    case foreign(String)

    public init(attributeValue: String?) {
        switch attributeValue {
        case nil: self = .none
        case let text?: self = Anchor(stamp: text).map(AnchorStamp.anchor) ?? .foreign(text)
        }
    }

    public var anchor: Anchor? {
        if case .anchor(let anchor) = self { anchor } else { nil }
    }
}
