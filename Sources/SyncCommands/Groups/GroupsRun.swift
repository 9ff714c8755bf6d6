import ActiveDirectory
import AtomicFile
import Directory
import DistinguishedNames
import FoundationEssentials
import SyncConfiguration
import SyncRun

/// `groups`: reads the groups of a domain and writes them down for somebody to choose from.
struct GroupsRun: Sendable {
    let connection: ConnectionSettings
    let groupPath: DistinguishedName
    /// Nil for ``groupPath``.
    let base: DistinguishedName?
    /// Nil when the list is only printed.
    let file: String?
    /// Whether a file that says something else may be replaced.
    let replacesOther: Bool
    let environment: CommandEnvironment
    let loggers: RunLoggers

    func perform() async throws -> ExitStatus {
        let base = base ?? groupPath
        let list = GroupList(base: base, groupPath: groupPath, groups: try await groups(below: base))
        if let file {
            try refuseToReplace(file, with: list.fileText)
            try AtomicFile.write(Array(list.fileText.utf8), to: file)
        }
        try environment.terminal.write(
            environment.terminal.isForPeople
                ? list.text(writtenTo: file, environment.terminal) : try JSONText.of(list.report(writtenTo: file)))
        return .done
    }

    private func groups(below base: DistinguishedName) async throws -> [ListedGroup] {
        let rotation = ServerRotation(
            try await connection.ldapConfiguration(logger: loggers.main), try connection.credentials(environment),
            connections: 1)
        let domain = try await rotation.open(.sameServer)
        do {
            let groups = try await domain.groupList(below: base)
            await domain.close()
            return groups
        } catch let failure as DirectoryFailure where failure.kind == .missing {
            await domain.close()
            throw CommandFailure(.badConfiguration, "\(self.base == nil ? "group_path" : "--base"): \(failure.message)")
        }
    }

    /// A list that somebody has begun to edit is his work.
    private func refuseToReplace(_ file: String, with text: String) throws {
        guard !replacesOther, FileManager.default.fileExists(atPath: file) else { return }
        guard try FileReading.bytes(file) != Array(text.utf8) else { return }
        throw CommandFailure(
            .cannotCreate,
            "\(file) is there already and says something else, such as what somebody chose: name another file with "
                + "--output, or replace it with --force; nothing was written")
    }
}
