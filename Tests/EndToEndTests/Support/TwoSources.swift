import LabSupport

/// Two source domains and one target: a container, a user file and a configuration for each, and a folder with the two
/// configurations, `a-office.json` and `b-plant.json`.
struct TwoSources {
    let stage: Stage
    var office: JSON
    var plant: JSON

    var officePath: String { stage.managedPath }
    var plantPath: String { "OU=Second Crew,\(stage.target.userPath)" }

    static let folder = "sources"
    static let officeFile = "\(folder)/a-office.json"
    static let plantFile = "\(folder)/b-plant.json"
    static let plantGUID = "1a2b3c4d-5e6f-4071-8293-a4b5c6d7e8f9"

    /// Runs with a container for the second source, which is gone afterwards: its people would stand in the way of others.
    static func run(_ test: (inout TwoSources) async throws -> Void) async throws {
        var sources = try await TwoSources()
        try await sources.stage.target.renew(sources.plantPath)
        do {
            try await test(&sources)
        } catch {
            try await sources.stage.target.remove(sources.plantPath)
            throw error
        }
        try await sources.stage.target.remove(sources.plantPath)
    }

    private init() async throws {
        stage = try await Stage([])
        office = stage.import
        office["input_file"] = "office-users.json"
        office["resolutions_file"] = "office-resolutions.json"
        office["hmac"] = .text(Stage.key)
        plant = stage.import
        plant["input_file"] = "plant-users.json"
        plant["resolutions_file"] = "plant-resolutions.json"
        plant["managed_user_path"] = .text(plantPath)
        try await Subprocess("/bin/mkdir", [stage.folder.path(Self.folder)]).succeed()
    }

    /// People of the first source, in a signed file.
    func bringOffice(_ numbers: [Int], sequence: Int, groups: [JSON] = ["CN=Operators"]) async throws {
        let records = numbers.map { UserFile.record($0, ["memberOf": .array(groups)]) }
        let body = try UserFile.document(records, sequence: sequence).bytes
        try stage.folder.write(try await UserFile.signed(body), to: "office-users.json")
    }

    /// People of the second.
    func bringPlant(_ numbers: [Int], sequence: Int, groups: [JSON] = ["CN=Operators"]) throws {
        let records = numbers.map {
            UserFile.record(
                $0, ["sAMAccountName": "e2e-s\($0)", "cn": "Second \($0)", "memberOf": .array(groups)])
        }
        let document = UserFile.document(
            records, sequence: sequence,
            ["source": ["domain": "plant.test", "domain_guid": .text(Self.plantGUID), "server": "dc.plant.test"]])
        try stage.folder.write(try document.bytes, to: "plant-users.json")
    }

    func writeConfigurations() throws {
        try stage.folder.write(try office.bytes, to: Self.officeFile)
        try stage.folder.write(try plant.bytes, to: Self.plantFile)
    }

    func `import`(_ arguments: String...) async throws -> Run {
        try writeConfigurations()
        return try await Program.run(
            ["import", "--config-folder", Self.folder, "--json"] + arguments, in: stage.folder)
    }

    /// The account names below a container, with what identifies their last change.
    func people(_ path: String) async throws -> [String: String] {
        let found = try await stage.target.search(
            path, "(sAMAccountType=805306368)", ["sAMAccountName", "uSNChanged", "userAccountControl"])
        return Dictionary(
            uniqueKeysWithValues: found.map { ($0.first("sAMAccountName") ?? "", $0.first("uSNChanged") ?? "") })
    }

    func members(of group: String) async throws -> Set<String> {
        let entry = try await stage.target.entry("CN=\(group),\(stage.target.groupPath)", ["member"])
        return Set(
            (entry?["member"] ?? []).compactMap { $0.split(separator: ",").first.map { String($0.dropFirst(3)) } })
    }
}
