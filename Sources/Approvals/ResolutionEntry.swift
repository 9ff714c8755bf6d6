import Directory
import SyncPlan

/// One entry as the file spells it. Absent keys stay absent, so that files stay short and UserSync's read as they are.
struct ResolutionEntry: Codable {
    struct Member: Codable {
        let user: String
        let anchor: String?
    }

    /// `true`, or the account name that the operator typed.
    enum TakeOver: Codable {
        case flag(Bool)
        case account(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else {
                self = .account(try container.decode(String.self))
            }
        }

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
    let anchor: String?
    let accept: Bool?
    let timestamp: String?
    let group: String?
    let name: String?
    let newName: String?
    let takeOver: TakeOver?
    let password: String?
    let keepPassword: Bool?
    let members: [Member]?

    enum CodingKeys: String, CodingKey {
        case type, id, user, anchor, accept, timestamp, group, name, password, members
        case newName = "new_name"
        case takeOver = "take_over_account"
        case keepPassword = "keep_password"
    }

    /// Names the entry in messages.
    var label: String { " (\(type) \(user))" }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        try container.encodeIfPresent(id, forKey: .id)
        try container.encode(user, forKey: .user)
        try container.encodeIfPresent(anchor, forKey: .anchor)
        // Always there: null is what an operator changes.
        try container.encode(accept, forKey: .accept)
        try container.encodeIfPresent(timestamp, forKey: .timestamp)
        try container.encodeIfPresent(group, forKey: .group)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encodeIfPresent(newName, forKey: .newName)
        try container.encodeIfPresent(takeOver, forKey: .takeOver)
        try container.encodeIfPresent(password, forKey: .password)
        try container.encodeIfPresent(keepPassword, forKey: .keepPassword)
        try container.encodeIfPresent(members, forKey: .members)
    }
}

struct EntryProblems: Error {
    let texts: [String]
}

extension ResolutionEntry {
    init(_ resolution: Resolution) {
        type = resolution.kind.rawValue
        id = resolution.id
        user = resolution.user
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
        password = resolution.password?.reveal()
        keepPassword = resolution.keepPassword ? true : nil
        members =
            resolution.members.isEmpty
            ? nil : resolution.members.map { Member(user: $0.user, anchor: $0.anchor?.description) }
    }

    func resolution() throws(EntryProblems) -> Resolution {
        var problems: [String] = []
        let kind = ActionKind(rawValue: type)
        if kind == nil {
            let known = ActionKind.allCases.map(\.rawValue).joined(separator: ", ")
            problems.append("type \"\(type)\" is not known; known are \(known)")
        }
        if user.isEmpty { problems.append("user is empty") }
        let anchors = ([anchor] + (members ?? []).map(\.anchor)).map { text in text.map { ($0, Anchor(stamp: $0)) } }
        for case (let text, nil)? in anchors { problems.append("anchor \"\(text)\" is none") }
        let time = timestamp.map { ($0, Timestamp(iso8601: $0)) }
        if case (let text, nil)? = time { problems.append("timestamp \"\(text)\" is no ISO 8601 time") }
        switch kind {
        case .join?, .leave?, .grant?:
            if (group ?? "").isEmpty { problems.append("group is missing") }
        case .name?:
            if (name ?? "").isEmpty { problems.append("name is missing") }
        case .enable?, .disable?, nil: break
        }
        guard let kind, problems.isEmpty else { throw EntryProblems(texts: problems) }
        return Resolution(
            kind: kind, id: id, user: user, anchor: anchor.flatMap(Anchor.init(stamp:)), accept: accept,
            timestamp: time?.1, group: group, name: name, newName: newName.flatMap { $0.isEmpty ? nil : $0 },
            takeOver: takeOver.flatMap(\.meaning), password: password.map(Secret.init),
            keepPassword: keepPassword ?? false,
            members: (members ?? []).map {
                Resolution.Member(user: $0.user, anchor: $0.anchor.flatMap(Anchor.init(stamp:)))
            })
    }
}

extension ResolutionEntry.TakeOver {
    fileprivate var meaning: Resolution.TakeOver? {
        switch self {
        case .flag(true): .holder
        case .flag(false): nil
        case .account(let name): name.isEmpty ? nil : .account(name)
        }
    }
}
