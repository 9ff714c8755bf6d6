import Directory
import StrictJSON
import SyncPlan

/// Reads one entry of the resolutions file, which people write by hand: every fault is named with its line and key, and no
/// value is quoted, since one of them is a password. Keys it does not know are UserSync's or somebody's notes.
struct ResolutionEntryReader {
    private(set) var problems: [String] = []
    private let entry: JSONNode
    private let positions: SourcePositions
    private let members: [JSONMember]?

    init(_ entry: JSONNode, in positions: SourcePositions) {
        self.entry = entry
        self.positions = positions
        if case .object(let members) = entry.value { self.members = members } else { members = nil }
    }

    /// Nil when ``problems`` tells why.
    mutating func resolution() -> Resolution? {
        guard members != nil else {
            refuse(entry, "an entry is an object")
            return nil
        }
        let kind = kind()
        let user = string(.user) ?? ""
        if user.isEmpty { refuse(entry, "user is missing") }
        var resolution = Resolution(
            kind: kind ?? .enable, id: string(.id), user: user, anchor: anchor(in: entry), accept: bool(.accept),
            timestamp: timestamp(), group: string(.group), name: string(.name), newName: string(.newName),
            takeOver: takeOver(), password: string(.password, keepsEmpty: true).map { Secret($0) },
            keepPassword: bool(.keepPassword) ?? false, members: people())
        resolution.accountName = string(.accountName)
        resolution.reason = string(.reason)
        resolution.warnings = warnings()
        resolution.holder = holder()
        switch kind {
        case .leave? where resolution.isAboutSeveral:
            // Each of its members names his group.
            if !resolution.members.allSatisfy({ $0.group != nil }) { refuse(entry, "a member's group is missing") }
        case .join?, .leave?, .grant?:
            if resolution.group == nil { refuse(entry, "group is missing") }
        case .name?:
            if resolution.name == nil { refuse(entry, "name is missing") }
        case .enable?, .disable?, nil: break
        }
        return problems.isEmpty ? resolution : nil
    }

    private mutating func kind() -> ActionKind? {
        guard let node = node(.type), case .string(let word) = node.value else {
            refuse(entry, "type is missing")
            return nil
        }
        guard let kind = ActionKind(rawValue: word) else {
            refuse(node, "type is to be one of \(ActionKind.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return kind
    }

    private mutating func timestamp() -> Timestamp? {
        guard let node = node(.timestamp), let text = string(.timestamp) else { return nil }
        if let time = Timestamp(iso8601: text) { return time }
        refuse(node, "timestamp is no ISO 8601 time, such as 2026-11-20T08:15:00Z")
        return nil
    }

    private mutating func anchor(in node: JSONNode) -> Anchor? {
        guard let value = Self.member(.anchor, of: node) else { return nil }
        if case .string(let text) = value.value, let anchor = Anchor(stamp: text) { return anchor }
        refuse(value, "anchor is to be ad-user-sync:<domain GUID>:<user GUID>")
        return nil
    }

    private mutating func takeOver() -> Resolution.TakeOver? {
        guard let node = node(.takeOver) else { return nil }
        switch node.value {
        case .bool(true): return .holder
        case .bool(false), .string(""): return nil
        case .string(let name): return .account(name)
        default:
            refuse(node, "take_over_account is to be true, or the account name")
            return nil
        }
    }

    private mutating func holder() -> GUID? {
        guard let node = node(.holder), let text = string(.holder) else { return nil }
        if let guid = GUID(text) { return guid }
        refuse(node, "holder is to be the objectGUID of an account")
        return nil
    }

    private mutating func warnings() -> [String] {
        guard let node = node(.warnings) else { return [] }
        guard case .array(let sentences) = node.value else {
            refuse(node, "warnings is to be a list")
            return []
        }
        return sentences.compactMap { if case .string(let sentence) = $0.value { sentence } else { nil } }
    }

    private mutating func people() -> [Resolution.Member] {
        guard let node = node(.members) else { return [] }
        guard case .array(let people) = node.value else {
            refuse(node, "members is to be a list")
            return []
        }
        return people.compactMap { person in
            guard case .string(let user)? = Self.member(.user, of: person)?.value else {
                refuse(person, "a member is an object with the key user")
                return nil
            }
            guard let group = Self.member(.group, of: person) else {
                return Resolution.Member(user: user, anchor: anchor(in: person))
            }
            guard case .string(let name) = group.value else {
                refuse(group, "a member's group is to be a text, not \(group.value.kind)")
                return nil
            }
            return Resolution.Member(user: user, anchor: anchor(in: person), group: name)
        }
    }

    /// Nil where the key is absent or null, and for an empty text unless that means something.
    private mutating func string(_ key: ResolutionKey, keepsEmpty: Bool = false) -> String? {
        guard let node = node(key) else { return nil }
        guard case .string(let text) = node.value else {
            refuse(node, "\(key.rawValue) is to be a text, not \(node.value.kind)")
            return nil
        }
        return text.isEmpty && !keepsEmpty ? nil : text
    }

    private mutating func bool(_ key: ResolutionKey) -> Bool? {
        guard let node = node(key) else { return nil }
        guard case .bool(let flag) = node.value else {
            refuse(node, "\(key.rawValue) is to be true, false or null, not \(node.value.kind)")
            return nil
        }
        return flag
    }

    /// The value of a key; nil where it is absent or null.
    private func node(_ key: ResolutionKey) -> JSONNode? { Self.member(key, of: entry) }

    private static func member(_ key: ResolutionKey, of node: JSONNode) -> JSONNode? {
        guard case .object(let members) = node.value, let value = members[key.rawValue]?.value else { return nil }
        if case .null = value.value { return nil }
        return value
    }

    private mutating func refuse(_ node: JSONNode, _ problem: String) {
        problems.append("line \(positions.position(at: node.offset).line): \(problem)")
    }
}
