public import AccessControl
public import Directory

/// What an import writes to its users.
public struct ImportDemands: Sendable {
    /// Where the anchor is stamped; nil without anchors.
    public let anchorAttribute: AttributeName?
    /// What the user file brings.
    public let attributes: [AttributeName]
    /// `users_can_not_change_password`
    public let forbidsPasswordChange: Bool
    /// `users_must_change_password`
    public let demandsPasswordChange: Bool
    /// `ou_map`
    public let movesUsers: Bool

    public init(
        anchorAttribute: AttributeName?, attributes: [AttributeName], forbidsPasswordChange: Bool,
        demandsPasswordChange: Bool, movesUsers: Bool = false
    ) {
        self.anchorAttribute = anchorAttribute
        self.attributes = attributes
        self.forbidsPasswordChange = forbidsPasswordChange
        self.demandsPasswordChange = demandsPasswordChange
        self.movesUsers = movesUsers
    }

    /// What is written, each once, and what for.
    private var written: [(name: AttributeName, purpose: String)] {
        let own: [(AttributeName, String)] = [
            ("cn", "rename"), ("name", "rename"), ("sAMAccountName", "rename"), ("userPrincipalName", "rename"),
            ("userAccountControl", "enable and disable"), ("accountExpires", "let access run out"),
        ]
        let byDemand: [(AttributeName, String)] =
            (demandsPasswordChange ? [("pwdLastSet", "ask for a new password at the first logon")] : [])
            + (anchorAttribute.map { [($0, "stamp anchors")] } ?? [])
        var seen: Set<AttributeName> = []
        return (own + byDemand + attributes.map { ($0, "carry it over") }).filter { seen.insert($0.0).inserted }
    }

    /// What is read and not written.
    private static let readOnly: [AttributeName] = ["objectGUID", "objectSid", "memberOf", "pwdLastSet", "adminCount"]

    /// Every attribute whose schema ``rights(_:)`` asks for.
    public var attributesOfUsers: [AttributeName] {
        let written = written.map(\.name)
        return written + Self.readOnly.filter { !written.contains($0) }
    }

    /// - Parameter schema: of ``attributesOfUsers``; what is not in it is not asked for.
    public func rights(_ schema: [AttributeSchema]) -> [NeededRight] {
        let byName = Dictionary(schema.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var rights = [NeededRight(.createUsers, to: "create accounts")]
        rights += attributesOfUsers.compactMap { name in
            byName[name].map { NeededRight(.read($0), to: "see what is there") }
        }
        rights += written.compactMap { name, purpose in byName[name].map { NeededRight(.write($0), to: purpose) } }
        rights.append(NeededRight(.resetPasswords, to: "give a password"))
        if movesUsers { rights.append(NeededRight(.delete, to: "move accounts to where ou_map says")) }
        if forbidsPasswordChange {
            let purpose = "set users_can_not_change_password"
            rights += [NeededRight(.readPermissions, to: purpose), NeededRight(.changePermissions, to: purpose)]
        }
        return rights
    }
}

/// What an export reads of its users.
public struct ExportDemands: Sendable {
    /// What is exported beside what every record has.
    public let attributes: [AttributeName]

    public init(attributes: [AttributeName]) { self.attributes = attributes }

    private static let always: [AttributeName] = [
        "objectGUID", "cn", "sAMAccountName", "userAccountControl", "accountExpires", "memberOf",
    ]

    public var attributesOfUsers: [AttributeName] {
        Self.always + attributes.filter { !Self.always.contains($0) }
    }

    /// - Parameter schema: of ``attributesOfUsers``; what is not in it is not asked for.
    public func rights(_ schema: [AttributeSchema]) -> [NeededRight] {
        let byName = Dictionary(schema.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return attributesOfUsers.compactMap { name in
            byName[name].map { NeededRight(.read($0), to: "export it") }
        }
    }
}
