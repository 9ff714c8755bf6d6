public import DistinguishedNames

/// Where a right counts.
public enum DelegatedPlace: Hashable, Sendable, CustomStringConvertible {
    /// The container itself.
    case container(DistinguishedName)
    /// The users in it.
    case users(below: DistinguishedName)
    case group(DistinguishedName)
    /// A single account outside the container.
    case account(DistinguishedName)

    /// The object whose access list says so.
    public var name: DistinguishedName {
        switch self {
        case .container(let name), .users(below: let name), .group(let name), .account(let name): name
        }
    }

    public var description: String {
        switch self {
        case .container(let name), .group(let name), .account(let name): "\(name)"
        case .users(below: let name): "users below \(name)"
        }
    }
}

/// A right that is needed, and whether it is there.
public struct DelegationFinding: Hashable, Sendable {
    public enum Verdict: Hashable, Sendable {
        case granted
        case missing
        /// Granted on the container, and not to be had on some users that are in it.
        case missingOnSome([DistinguishedName], of: Int)
        /// Nothing tells.
        case unknown
    }

    public let place: DelegatedPlace
    public let right: NeededRight
    public let verdict: Verdict

    public init(place: DelegatedPlace, right: NeededRight, verdict: Verdict) {
        self.place = place
        self.right = right
        self.verdict = verdict
    }
}

/// Something the account may do and need not.
public struct ExcessRight: Hashable, Sendable {
    public let place: DelegatedPlace
    /// What it may do, to follow "may".
    public let words: String
    /// The entry that says so, in SDDL; nil where the server only says that it is so.
    public let entry: String?

    public init(place: DelegatedPlace, words: String, entry: String?) {
        self.place = place
        self.words = words
        self.entry = entry
    }
}
