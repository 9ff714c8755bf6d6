public import AccessControl
public import Directory

extension DelegationExamination {
    /// What is there and not needed: in the container, on its users, on the mapped groups, and on the places around.
    ///
    /// An account with power over the whole domain has all of it by that, and only that is told.
    ///
    /// - Parameters:
    ///   - surroundings: places outside in which nothing has to be written, such as the domain and the container's parent.
    ///   - powerful: attributes of users that give power, to name those that may be written without need.
    public func excess(
        over rights: [NeededRight], surroundings: [ObjectAccess], powerful: [AttributeSchema]
    ) -> [ExcessRight] {
        guard token.privileged.isEmpty else { return powerOfGroups() }
        return inContainer() + onUsers(over: rights, powerful) + onGroups() + around(surroundings)
    }

    /// What an account that only reads should not be: powerful.
    public func excessOfReader() -> [ExcessRight] { powerOfGroups() + writesToUsers() }

    private func powerOfGroups() -> [ExcessRight] {
        let names = token.privileged.map(\.description).joined(separator: ", ")
        guard !names.isEmpty else { return [] }
        return [
            ExcessRight(
                place: .container(container.name),
                words: "do anything in the domain: it is in privileged groups (\(names))", entry: nil)
        ]
    }

    private func writesToUsers() -> [ExcessRight] {
        guard token.privileged.isEmpty else { return [] }
        let written = users.filter { !($0.writableAttributes ?? []).isEmpty && $0.name != container.name }
        guard written.count > users.count / 2 else { return [] }
        return [ExcessRight(place: .users(below: container.name), words: "write their attributes", entry: nil)]
    }

    private func ownEntries(of object: ObjectAccess) -> [AccessControlEntry] {
        (object.entries ?? []).filter {
            $0.allows && token.identifiers.contains($0.trustee) && !Self.everybody.contains($0.trustee)
        }
    }

    private func inContainer() -> [ExcessRight] {
        let place = DelegatedPlace.container(container.name)
        return ownEntries(of: container).filter { !$0.inheritance.contains(.below) }.flatMap { entry in
            var words: [String] = []
            if entry.mask.contains(.createChild), entry.objectType != .userClass {
                words.append(
                    entry.objectType == nil ? "create objects of every class" : "create objects of other classes")
            }
            if entry.mask.contains(.deleteChild) {
                words.append(entry.objectType == .userClass ? "delete users" : "delete what is in it")
            }
            if entry.mask.contains(.deleteTree) { words.append("delete it with all that is in it") }
            // What is for users alone does not count on a container, wherever it stands.
            if entry.inheritedObjectType == nil {
                if entry.mask.contains(.writeProperty) { words.append("write its attributes") }
                if entry.mask.contains(.controlAccess) { words.append("use extended rights on it") }
                if entry.mask.contains(.delete) { words.append("delete it") }
                if entry.mask.contains(.writeDACL) { words.append("change its permissions") }
                if entry.mask.contains(.writeOwner) { words.append("become its owner") }
            }
            return words.map { ExcessRight(place: place, words: $0, entry: entry.description) }
        }
    }

    private func onUsers(over rights: [NeededRight], _ powerful: [AttributeSchema]) -> [ExcessRight] {
        let place = DelegatedPlace.users(below: container.name)
        let needed = Set(rights.map(\.permission))
        let writable = Set(
            needed.compactMap { if case .write(let attribute) = $0 { attribute.identifier } else { nil } })
        let inherited = ownEntries(of: container).filter { !$0.inheritance.isDisjoint(with: .containers) }
        return inherited.flatMap { entry -> [ExcessRight] in
            guard entry.inheritedObjectType == nil || entry.inheritedObjectType == .userClass else { return [] }
            var words: [String] = []
            if entry.mask.contains(.writeProperty), !(entry.objectType.map(writable.contains) ?? false) {
                let reached = powerful.filter { entry.reaches($0) && !writable.contains($0.identifier) }.map(\.name)
                let what = entry.objectType == nil ? "every attribute" : "attributes that are not needed"
                let named = reached.sorted().map(\.description).joined(separator: ", ")
                words.append("write \(what)" + (named.isEmpty ? "" : ", among them \(named)"))
            }
            if entry.mask.contains(.controlAccess), entry.objectType != .resetPasswordRight {
                words.append(entry.objectType == nil ? "use every extended right" : "use other extended rights")
            }
            if entry.mask.contains(.delete) || entry.mask.contains(.deleteTree) { words.append("delete them") }
            if entry.mask.contains(.writeDACL), !needed.contains(.changePermissions) {
                words.append("change their permissions")
            }
            if entry.mask.contains(.writeOwner) { words.append("become their owner") }
            return words.map { ExcessRight(place: place, words: $0, entry: entry.description) }
        }
    }

    private func onGroups() -> [ExcessRight] {
        groups.flatMap { group -> [ExcessRight] in
            var words: [String] = []
            let others = (group.writableAttributes ?? []).subtracting(["member"])
            if !others.isEmpty { words.append("write \(others.count) other attributes of it") }
            if group.mayChangePermissions { words.append("change its permissions") }
            return words.map { ExcessRight(place: .group(group.name), words: $0, entry: nil) }
        }
    }

    private func around(_ surroundings: [ObjectAccess]) -> [ExcessRight] {
        surroundings.flatMap { object -> [ExcessRight] in
            var words: [String] = []
            if object.creatableClasses.contains("user") { words.append("create users in it, outside the container") }
            if object.mayChangePermissions { words.append("change its permissions") }
            if object.entries?.grant(AccessRight(.controlAccess, .replicationOfSecrets), to: token) ?? false {
                words.append("replicate the passwords of everybody")
            }
            return words.map { ExcessRight(place: .container(object.name), words: $0, entry: nil) }
        }
    }

    /// Attributes of users by which somebody becomes somebody else, or more.
    public static let powerfulAttributes: [AttributeName] = [
        "altSecurityIdentities", "homeDirectory", "msDS-AllowedToActOnBehalfOfOtherIdentity",
        "msDS-AllowedToDelegateTo",
        "msDS-KeyCredentialLink", "primaryGroupID", "profilePath", "scriptPath", "servicePrincipalName", "sIDHistory",
    ]

    /// What these may do, everybody may: Everyone, the authenticated users, `Users` and the pre-Windows 2000 access group.
    private static let everybody: Set<SecurityIdentifier> = [
        .everyone, .authenticatedUsers, SecurityIdentifier(authority: 5, 32, 545),
        SecurityIdentifier(authority: 5, 32, 554),
    ]
}

extension AccessControlEntry {
    fileprivate func reaches(_ attribute: AttributeSchema) -> Bool {
        objectType == nil || objectType == attribute.identifier || objectType == attribute.propertySet
    }
}
