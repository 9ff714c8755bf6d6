import Foundation
import LabSupport
import Testing

/// Two sides of one synchronisation, both begun anew: a unit with some people in the source domain, an empty managed
/// container in the target domain, and a folder with the two configurations.
struct Stage {
    let lab: Lab
    let folder: TemporaryFolder
    var export: JSON
    var `import`: JSON

    var source: LabDomain { lab.source }
    var target: LabDomain { lab.target }

    /// The people, in the source.
    static let crewUnit = "OU=Crew"
    var sourcePath: String { "\(Self.crewUnit),\(source.base)" }
    var managedPath: String { "\(Self.crewUnit),\(target.userPath)" }

    static let key = "6b65792d6f662d74686520e280a6746573742d6f6e6c79"

    init(_ crew: [Crew] = Crew.four) async throws {
        lab = try Lab.running()
        folder = try TemporaryFolder()
        export = [
            "export_file": "users.json", "server": "\(lab.source.uri)",
            "bind": ["user": "\(lab.source.service.name)", "password_file": "\(lab.source.service.passwordFile)"],
            "tls": ["ca_file": "\(lab.source.caFile)"],
            "user_path": "\(Self.crewUnit),\(lab.source.base)", "group_path": "\(lab.source.groupPath)",
            "search_groups": ["CN=Operators", "CN=Engineers", "CN=Visitors"],
            "attributes": ["givenName", "sn", "displayName", "mail", "department", "title", "telephoneNumber"],
            "state_folder": "state/export",
        ]
        `import` = [
            "input_file": "users.json", "server": "\(lab.target.uri)",
            "bind": ["user": "\(lab.target.service.name)", "password_file": "\(lab.target.service.passwordFile)"],
            "tls": ["ca_file": "\(lab.target.caFile)"],
            "managed_user_path": "\(Self.crewUnit),\(lab.target.userPath)", "group_path": "\(lab.target.groupPath)",
            "group_map": [
                "CN=Operators": "CN=Plant Operators", "CN=Engineers": ["CN=Plant Engineers", "CN=Plant Admins"],
                "*": "CN=Everyone Managed",
            ],
            "restricted_groups": ["CN=Plant Admins"], "state_folder": "state/import",
        ]
        try await source.renew(sourcePath, with: crew.flatMap { $0.changes(in: lab.source, below: sourcePath) })
        // Samba deletes a member of a large group slowly, so the groups go first.
        let groups = Self.mappedGroups.map { "CN=\($0),\(lab.target.groupPath)" }
        try await target.apply(groups.map { .modify($0, .replace, "member", [String]()) })
        try await target.remove(managedPath, elsewhere)
        try await target.apply(.add(managedPath, [("objectClass", ["organizationalUnit"])]))
    }

    /// For what stands outside the managed container.
    var elsewhere: String { "OU=Elsewhere,\(target.base)" }

    static let mappedGroups = [
        "Plant Operators", "Plant Engineers", "Plant Maintenance", "Plant Visitors", "Everyone Managed", "Plant Admins",
        "Plant Console",
    ]

    // MARK: the two commands

    enum Command: String { case export, `import` }

    func run(
        _ command: Command, _ arguments: [String], _ environment: [String: String] = [:]
    ) async throws -> Run {
        let configuration = command == .export ? export : `import`
        try folder.write(try configuration.bytes, to: "\(command.rawValue)-config.json")
        return try await Program.run([command.rawValue] + arguments, in: folder, environment: environment)
    }

    func export(_ arguments: String...) async throws -> Run { try await run(.export, arguments) }

    func `import`(_ arguments: String...) async throws -> Run { try await run(.import, arguments) }

    /// `check export` or `check import`.
    func check(_ command: Command, _ arguments: String...) async throws -> Run {
        let configuration = command == .export ? export : `import`
        try folder.write(try configuration.bytes, to: "\(command.rawValue)-config.json")
        return try await Program.run(["check", command.rawValue] + arguments, in: folder)
    }

    /// `resolutions LIST…`, with what it reads from standard input.
    func resolutions(_ arguments: [String], input: String = "") async throws -> Run {
        try folder.write(try `import`.bytes, to: "import-config.json")
        return try await Program.run(["resolutions"] + arguments, in: folder, input: input)
    }

    /// Imports a file that no export wrote.
    func importing(_ document: JSON, _ arguments: String...) async throws -> Run {
        try folder.write(try document.bytes, to: "users.json")
        return try await run(.import, arguments)
    }

    /// Export and import, both of which must end with 0.
    @discardableResult
    func carryAcross(
        endingWith status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Run {
        try await export().ended(with: 0, sourceLocation: sourceLocation)
        return try await `import`().ended(with: status, sourceLocation: sourceLocation)
    }

    // MARK: what stands in the target

    func managedUsers() async throws -> [LDIFEntry] {
        try await target.search(managedPath, "(sAMAccountType=805306368)", ["*", "memberOf"])
    }

    /// The managed user of this account name; the test fails where there is none.
    func managed(_ accountName: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> LDIFEntry {
        let found = try await target.search(managedPath, "(sAMAccountName=\(accountName))", ["*", "memberOf"])
        return try #require(found.first, "no managed user \(accountName)", sourceLocation: sourceLocation)
    }

    /// The common names of the groups somebody is in.
    func groups(of accountName: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> Set<String> {
        Set(
            try await managed(accountName, sourceLocation: sourceLocation)["memberOf"].compactMap { name in
                name.split(separator: ",").first.map { String($0.dropFirst(3)) }
            })
    }

    /// Fails the test when `work` writes anything to the target domain.
    func writesNothing(
        sourceLocation: SourceLocation = #_sourceLocation, _ work: () async throws -> Void
    ) async throws {
        let before = try await target.highestCommittedUSN()
        try await work()
        let after = try await target.highestCommittedUSN()
        #expect(after == before, "\(after - before) writes", sourceLocation: sourceLocation)
    }

    // MARK: the resolutions file

    var resolutions: [JSON] {
        get throws { try JSON(parsing: folder.read("resolutions.json"))["resolutions"].elements }
    }

    func writeResolutions(_ entries: [JSON]) throws {
        try folder.write(try JSON.object(["resolutions": .array(entries)]).bytes, to: "resolutions.json")
    }

    /// Answers every pending entry for which `answer` gives something, by hand, as an editor would.
    func answer(_ answer: (JSON) -> [String: JSON]?) throws {
        let answered = try resolutions.map { entry in
            var entry = entry
            for (key, value) in answer(entry) ?? [:] { entry[key] = value }
            return entry
        }
        try writeResolutions(answered)
    }

    func answer(_ type: String, of user: String, with answer: [String: JSON]) throws {
        try self.answer { $0["type"].string == type && $0["user"].string == user ? answer : nil }
    }
}
