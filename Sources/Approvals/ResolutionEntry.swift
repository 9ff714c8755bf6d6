import Directory
import SyncPlan

/// One entry as it is written. What an entry does not have is left out, so that the file stays short.
struct ResolutionEntry: Encodable {
    struct Member: Encodable {
        let user: String
        let anchor: String?
        let group: String?
    }

    /// `true`, or the account name that the operator typed.
    enum TakeOver: Encodable {
        case flag(Bool)
        case account(String)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .flag(let flag): try container.encode(flag)
            case .account(let name): try container.encode(name)
            }
        }
    }

    let type: String
    let id: String?
    let user: String
    let accountName: String?
    let reason: String?
    let warnings: [String]?
    let anchor: String?
    let accept: Bool?
    let timestamp: String?
    let group: String?
    let name: String?
    let newName: String?
    let takeOver: TakeOver?
    let holder: String?
    let password: String?
    let keepPassword: Bool?
    let members: [Member]?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: ResolutionKey.self)
        try container.encode(type, forKey: .type)
        try container.encodeIfPresent(id, forKey: .id)
        try container.encode(user, forKey: .user)
        try container.encodeIfPresent(accountName, forKey: .accountName)
        try container.encodeIfPresent(reason, forKey: .reason)
        try container.encodeIfPresent(warnings, forKey: .warnings)
        try container.encodeIfPresent(anchor, forKey: .anchor)
        // Always there: null is what an operator changes.
        try container.encode(accept, forKey: .accept)
        try container.encodeIfPresent(timestamp, forKey: .timestamp)
        try container.encodeIfPresent(group, forKey: .group)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encodeIfPresent(newName, forKey: .newName)
        try container.encodeIfPresent(takeOver, forKey: .takeOver)
        try container.encodeIfPresent(holder, forKey: .holder)
        try container.encodeIfPresent(password, forKey: .password)
        try container.encodeIfPresent(keepPassword, forKey: .keepPassword)
        try container.encodeIfPresent(members, forKey: .members)
    }
}

extension ResolutionEntry {
    init(_ resolution: Resolution) {
        type = resolution.kind.rawValue
        id = resolution.id
        user = resolution.user
        accountName = resolution.accountName
        reason = resolution.reason
        warnings = resolution.warnings.isEmpty ? nil : resolution.warnings
        anchor = resolution.anchor?.description
        accept = resolution.accept
        timestamp = resolution.timestamp?.iso8601(.withZone)
        group = resolution.group
        name = resolution.name
        newName = resolution.newName
        switch resolution.takeOver {
        case nil: takeOver = nil
        case .holder?: takeOver = .flag(true)
        case .account(let name)?: takeOver = .account(name)
        }
        holder = resolution.holder?.description
        password = resolution.password?.reveal()
        keepPassword = resolution.keepPassword ? true : nil
        members =
            resolution.members.isEmpty
            ? nil : resolution.members.map { Member(user: $0.user, anchor: $0.anchor?.description, group: $0.group) }
    }
}
