import Directory
import DistinguishedNames
import LDAP
import SyncConfiguration

/// The `exclude` rules, ready to be asked about one user after the other.
struct UserExclusions: Sendable {
    private let rules: [UserExclusion]
    /// Whom the server found, for each rule that is a filter, by its index.
    private let found: [Int: Set<GUID>]

    init(_ rules: [UserExclusion], found: [Int: Set<GUID>]) {
        self.rules = rules
        self.found = found
    }

    /// The index of the first rule that describes the user; nil for who is exported.
    func firstRule(for user: DirectoryUser) -> Int? {
        rules.indices.first { index in
            switch rules[index] {
            case .account(let pattern): pattern.matches(user.accountName)
            case .filter: found[index]?.contains(user.guid) ?? false
            case .path(let path): user.name == path || user.name.isDescendant(of: path)
            }
        }
    }
}

extension UserExclusion {
    /// The key of the rule and its value, as the configuration has them.
    var words: String {
        switch self {
        case .account(let pattern): "account \(pattern)".printable
        case .filter(let filter): "filter \(filter)".printable
        case .path(let path): "path \(path)".printable
        }
    }
}
