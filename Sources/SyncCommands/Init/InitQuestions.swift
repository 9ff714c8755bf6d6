import AccessControl
import ActiveDirectory
import Directory
import DistinguishedNames

/// The second part of the dialogue: what of the domain is meant.
struct InitQuestions: Sendable {
    let options: InitOptions
    let dialogue: InitDialogue
    let domain: ActiveDirectoryDomain
    let info: Domain
    let census: [PlaceCensus]
    /// The account that signed in, as it was typed.
    let user: String

    struct Export: Sendable {
        let userPath: DistinguishedName
        let groupPath: DistinguishedName
        /// Relative to ``groupPath``.
        let searchGroups: [DistinguishedName]
    }

    struct Import: Sendable {
        /// To create it, where it is missing.
        let chooser: InitContainer
        let container: InitContainer.Choice
        let groupPath: DistinguishedName
    }

    /// More groups than these are chosen in a file.
    private static let groupsOffered = 20

    func export(userPath: String?, allGroups: Bool) async throws -> Export {
        let path = try await dialogue.place(
            "--user-path", userPath, about: "Which users are exported: everybody below one container (user_path).",
            "Users to export, number or name", places({ $0.users }, "user"), existing)
        let groupPath = try await groupPath()
        return Export(
            userPath: path, groupPath: groupPath, searchGroups: try await groups(below: groupPath, allGroups: allGroups)
        )
    }

    func `import`(managedUserPath: String?, createsContainer: Bool) async throws -> Import {
        let chooser = InitContainer(
            domain: domain, dialogue: dialogue, user: user, isToBeCreated: createsContainer)
        let container = try await dialogue.place(
            "--managed-user-path", managedUserPath,
            about: """
                Which container belongs to this tool alone (managed_user_path): users are created in it, and whoever is in \
                it and not in the user file is deactivated.
                """,
            "Managed container, number or name", try await placesForNewUsers(), chooser.choose)
        return Import(chooser: chooser, container: container, groupPath: try await groupPath())
    }

    private func groupPath() async throws -> DistinguishedName {
        try await dialogue.place(
            "--group-path", options.groupPath, about: "Which container groups are named relative to (group_path).",
            "Groups, number or name", places({ $0.groups }, "group"), existing)
    }

    // MARK: what there is to choose from

    private func places(_ count: @escaping (PlaceCensus) -> Int, _ word: String) -> InitPlaces {
        let suggestion = census.smallestPath(counting: count, in: info.name)
        var choices = census.filter { count($0) > 0 }.map {
            InitPlaces.Choice(name: $0.place, remark: "\(counted(count($0), word)) directly in it")
        }
        if let suggestion, !choices.contains(where: { $0.name == suggestion }) {
            choices.append(.init(name: suggestion, remark: "holds others of these"))
        }
        return InitPlaces(domain: info.name, choices: sorted(choices), suggestion: suggestion)
    }

    /// Those where the account may create users; else one that may have to be created.
    private func placesForNewUsers() async throws -> InitPlaces {
        let delegated = try await domain.unitsForNewUsers()
        let topmost = delegated.filter { unit in !delegated.contains { unit.isDescendant(of: $0) } }
        let choices = topmost.map { unit in
            let users = census.filter { $0.place == unit || $0.place.isDescendant(of: unit) }.reduce(0) {
                $0 + $1.users
            }
            return InitPlaces.Choice(
                name: unit,
                remark: "\(user) may create users in it; \(counted(users, "user")) in it and below".printable)
        }
        let standard = info.name.appending(RelativeDistinguishedName(attribute: "OU", value: "Managed"))
        return InitPlaces(
            domain: info.name, choices: sorted(choices),
            suggestion: topmost.isEmpty ? standard : topmost.count == 1 ? topmost[0] : nil)
    }

    /// As a tree is read: by the parts of the names, the domain first.
    private func sorted(_ choices: [InitPlaces.Choice]) -> [InitPlaces.Choice] {
        func path(_ name: DistinguishedName) -> [String] {
            name.components.reversed().map { NameKey($0.description).description }
        }
        return choices.sorted { path($0.name).lexicographicallyPrecedes(path($1.name)) }
    }

    @Sendable private func existing(_ name: DistinguishedName) async throws -> DistinguishedName {
        guard let access = try await domain.access(to: name) else {
            throw InitRefusal(.badConfiguration, "\(name) does not exist, or may not be read")
        }
        return access.name
    }

    // MARK: groups

    private func groups(below path: DistinguishedName, allGroups: Bool) async throws -> [DistinguishedName] {
        let names = try await domain.groupList(below: path).compactMap { $0.name.relative(to: path) }
        guard !allGroups else { return names }
        guard dialogue.isPossible, !names.isEmpty else { return [] }
        guard names.count <= Self.groupsOffered else {
            dialogue.say(
                "\nThere are \(names.count) groups below \(path): choose from them afterwards, with `ad-user-sync groups`."
            )
            return []
        }
        dialogue.say(
            "\nMemberships in which groups are exported (search_groups). Below \("\(path)".printable) there are:")
        for name in names { dialogue.say("  \("\(name)".printable)") }
        return try dialogue.confirms(names.count == 1 ? "This one?" : "All of them?") ? names : []
    }
}

extension InitDialogue {
    /// A place by an option, or from a list.
    fileprivate func place<Value>(
        _ option: String, _ given: String?, about: String, _ question: String, _ places: InitPlaces,
        _ check: (DistinguishedName) async throws -> Value
    ) async throws -> Value {
        if given == nil { say("\n\(about)" + (places.choices.isEmpty ? "" : "\n\(places.text)")) }
        return try await settle(option, given, question, suggestion: places.suggestion.map { "\($0)" }) { text in
            try await check(try places.name(text))
        }
    }
}
