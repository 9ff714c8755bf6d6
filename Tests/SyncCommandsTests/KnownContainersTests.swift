import Directory
import DistinguishedNames
import Glibc
import LabSupport
import Testing

@testable import SyncCommands

/// Whether the managed container is the one that was filled before.
@Suite struct KnownContainersTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let old = "00000000-0000-4000-8000-000000000001"
    private static let older = "00000000-0000-4000-8000-000000000002"
    private static let new = "00000000-0000-4000-8000-00000000000a"
    private static let path = "OU=Managed,DC=target,DC=test"

    /// The state of an import as it is on disk.
    private func remember(
        _ guid: String, container: String? = path, accounts: Int? = 57, at time: String = "2026-11-20T08:15:00Z"
    ) throws {
        var state: JSON = ["digest": "00", "imported_at": .text(time)]
        if let container { state["container"] = .text(container) }
        if let accounts { state["accounts"] = .number(accounts) }
        try write(String(decoding: state.bytes, as: UTF8.self), guid)
    }

    private func write(_ text: String, _ guid: String) throws {
        mkdir(folder.path(guid), 0o700)
        try folder.write(text, to: "\(guid)/import-state.json")
    }

    private func container(_ guid: String, _ name: String = path) throws -> Container {
        Container(
            name: try DistinguishedName(parsing: name), guid: try #require(GUID(guid)), takesUsers: true)
    }

    private func refusal(of container: Container) -> CommandFailure? {
        do {
            try KnownContainers(in: folder.path).refuseReplacement(by: container)
            return nil
        } catch {
            return CommandFailure(error)
        }
    }

    @Test("Another container under the name of one that had accounts is refused: which, what it means, what to do")
    func replaced() throws {
        try remember(Self.old)
        let refused = try #require(refusal(of: container(Self.new)))
        #expect(refused.status == .badConfiguration && !refused.needsAnotherFile)
        for word in [
            "managed_user_path", Self.path, Self.old, Self.new, "57 accounts", "2026-11-20T08:15:00Z", "created anew",
            "recycle bin", "--accept-new-container", "nothing was written",
        ] { #expect(refused.message.contains(word), "\(refused.message) does not say \(word)") }
    }

    @Test("However the name is written", arguments: ["ou=managed,dc=TARGET,dc=test", "OU=Managed, DC=target, DC=test"])
    func spelling(name: String) throws {
        try remember(Self.old)
        #expect(try refusal(of: container(Self.new, name)) != nil)
    }

    @Test(
        "Of several that had this name, the latest is named",
        arguments: ["2026-11-20T08:15:00.25Z", "2026-12-01T00:00:00Z"])
    func latest(time: String) throws {
        try remember(Self.older, accounts: 3)
        try remember(Self.old, at: time)
        #expect(try refusal(of: container(Self.new))?.message.contains(Self.old) == true)
    }

    @Test("A container that was renamed or moved is the same, and so is one that was taken on before")
    func known() throws {
        try remember(Self.old)
        #expect(try refusal(of: container(Self.old, "OU=Guests,OU=Elsewhere,DC=target,DC=test")) == nil)
        try remember(Self.new)
        #expect(try refusal(of: container(Self.new)) == nil)
        // The old one, restored.
        #expect(try refusal(of: container(Self.old)) == nil)
    }

    @Test("Nothing was lost: no state, nobody in it, another container's, or a state that does not know")
    func nothingLost() throws {
        #expect(try refusal(of: container(Self.new)) == nil)
        try remember(Self.old, accounts: 0)
        try remember(Self.older, container: "OU=Second,DC=target,DC=test")
        #expect(try refusal(of: container(Self.new)) == nil)
        try remember(Self.old, container: nil, accounts: nil)
        try folder.write("{}", to: "notes.json")
        #expect(try refusal(of: container(Self.new)) == nil)
        try KnownContainers(in: folder.path("nowhere")).refuseReplacement(by: container(Self.new))
    }

    @Test("A state that cannot be understood is not passed over")
    func damaged() throws {
        try write("{", Self.old)
        #expect(try refusal(of: container(Self.new))?.status == .badData)
    }

    private func emptied(accounts: Int) throws -> Bool {
        let last = try StateFolder(readingOnly: folder.path(Self.old)).read(
            ImportState.self, from: ImportState.fileName)
        let container = try container(Self.old)
        do {
            try KnownContainers.refuseEmptied(container, remembered: last, accounts: accounts, allowed: 10)
            return false
        } catch {
            #expect(error.status == .badConfiguration)
            #expect(error.message.contains("nobody is in \(Self.path) any more: there were"))
            #expect(error.message.contains("--accept-new-container"))
            return true
        }
    }

    @Test(
        "The container that lost everybody is refused; some, or few, it may lose",
        arguments: [(57, 0, true), (57, 1, false), (11, 0, true), (10, 0, false), (0, 0, false), (nil, 0, false)]
            as [(Int?, Int, Bool)])
    func emptied(before: Int?, now: Int, isRefused: Bool) throws {
        try remember(Self.old, accounts: before)
        #expect(try emptied(accounts: now) == isRefused)
    }

    @Test("A first import has lost nobody")
    func first() throws { #expect(try !emptied(accounts: 0)) }
}
