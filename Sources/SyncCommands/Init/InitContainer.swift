import AccessControl
import ActiveDirectory
import Delegation
import Directory
import DistinguishedNames

/// The managed container, which may have to be created.
struct InitContainer: Sendable {
    let domain: ActiveDirectoryDomain
    let dialogue: InitDialogue
    let user: String
    /// `--create-container`
    let isToBeCreated: Bool

    /// What was chosen: it is there, or will be once ``create(_:)`` was called.
    struct Choice: Sendable {
        let name: DistinguishedName
        let isMissing: Bool
    }

    /// - Throws: ``InitRefusal``.
    func choose(_ name: DistinguishedName) async throws -> Choice {
        guard name.leaf?.attribute.lowercased() != "dc" else {
            throw InitRefusal(
                .badConfiguration, "to manage the whole domain would be to deactivate it: name a unit below it")
        }
        if let access = try await domain.access(to: name) { return Choice(name: access.name, isMissing: false) }
        guard name.leaf?.attribute.lowercased() == "ou", let parent = name.parent else {
            throw InitRefusal(.badConfiguration, "\(name) does not exist, and only a unit (OU=…) is created here")
        }
        guard let access = try await domain.access(to: parent) else {
            throw InitRefusal(.badConfiguration, "neither \(name) nor \(parent) exists, or they may not be read")
        }
        let place = name.leaf.map(access.name.appending) ?? name
        guard isToBeCreated || dialogue.isPossible else {
            throw InitRefusal(
                .badConfiguration, "\(name) does not exist: pass --create-container, or let an administrator create it",
                commands: Self.commands(place))
        }
        guard access.creatableClasses.contains("organizationalunit") else { throw refusal(place) }
        if !isToBeCreated {
            guard try dialogue.confirms("\("\(place)".printable) does not exist. Create it at the end?") else {
                throw InitRefusal(.badConfiguration, "\(place) does not exist")
            }
        }
        return Choice(name: place, isMissing: true)
    }

    func create(_ name: DistinguishedName) async throws {
        do {
            try await domain.createUnit(name)
        } catch let failure as DirectoryFailure where failure.kind == .notAuthorised {
            throw refusal(name).failure(of: "managed_user_path")
        } catch let failure as DirectoryFailure {
            throw CommandFailure(
                CommandFailure(failure).status, "\(name) was not created: \(failure.message); nothing was written")
        }
    }

    private func refusal(_ name: DistinguishedName) -> InitRefusal {
        InitRefusal(
            .notAuthorised,
            "\(name) does not exist, and \(user) may not create it: an administrator does, by one of these",
            commands: Self.commands(name))
    }

    private static func commands(_ name: DistinguishedName) -> [String] {
        let commands = UnitCommands(creating: name)
        return [
            "on Samba:       \(commands.sambaTool)", "on Windows:     \(commands.dsadd)",
            "in PowerShell:  \(commands.powerShell)",
        ]
    }
}
