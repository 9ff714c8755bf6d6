import Directory
import DistinguishedNames
import FoundationEssentials
import Logging
import UserFile

/// The containers that were imported into from here, each with a state of its own, by its GUID.
///
/// A container that was deleted and made anew has the old one's name, and nothing else of it: an import would create
/// everybody once more, with new SIDs, disabled and without a password, as if it were a first one.
struct KnownContainers {
    private let stateFolder: String

    init(in stateFolder: String) { self.stateFolder = stateFolder }

    /// Refuses a container that took the place of another that had accounts.
    ///
    /// - Throws: ``CommandFailure`` with status 78 for that; with 65 for a state that cannot be understood.
    func refuseReplacement(by container: Container) throws {
        let states = try states
        // Once it was imported into, it is the one that is meant.
        guard !states.contains(where: { $0.guid == container.guid }),
            let last = states.filter({ $0.hadAccounts && $0.isCalled(container.name) })
                .max(by: { $0.isOlder(than: $1) })
        else { return }
        throw CommandFailure(
            .badConfiguration,
            "managed_user_path: \(container.name) is not the container that was filled before: its objectGUID is "
                + "\(container.guid), and was \(last.guid), with \(counted(last.state.accounts ?? 0, "account")), when it was "
                + "last imported into (\(last.state.importedAt.printable)). The old one was deleted or moved away, and this one "
                + "made in its place: \(Self.loss). Restore the old one with its accounts (AD recycle bin, authoritative "
                + "restore), or correct managed_user_path; \(Self.insisting)")
    }

    /// Refuses the container that was filled before, when nobody is in it any more: restored without its accounts, for
    /// instance, which the AD recycle bin brings back one by one.
    ///
    /// - Parameters:
    ///   - accounts: that stand in it, or are known to have been created on another domain controller of late.
    ///   - limit: so many may have gone without a word.
    /// - Throws: ``CommandFailure`` with status 78.
    static func refuseEmptied(
        _ container: Container, remembered last: ImportState?, accounts: Int, allowed limit: Int
    ) throws(CommandFailure) {
        guard let last, let before = last.accounts, accounts == 0, before > limit else { return }
        throw CommandFailure(
            .badConfiguration,
            "managed_user_path: nobody is in \(container.name) any more: there were \(before) accounts when it was last "
                + "imported into (\(last.importedAt.printable)). An import would be as the first was: \(loss). Restore them (AD "
                + "recycle bin, authoritative restore), or let the account that imports read them; \(insisting)")
    }

    /// Warns of the first import into a container, when people of the same source were imported into another before: if
    /// that is gone, they are created anew.
    func warnOfMove(to container: Container, of file: VerifiedUserFile, _ logger: Logger) throws {
        let states = try states
        guard let source = file.header.source?.domainGUID.description,
            !states.contains(where: { $0.guid == container.guid }),
            let last = states.filter({ $0.state.sourceDomain == source && $0.hadAccounts })
                .max(by: { $0.isOlder(than: $1) }), let name = last.state.container
        else { return }
        logger.warning(
            "managed_user_path: nothing was imported into \(container.name) from here yet, and people of the same source were imported into \(name.printable): if that container is gone, or its accounts are, \(Self.loss). --dry-run shows who would be created"
        )
    }

    private static let loss =
        "everybody would be created anew, with another SID, disabled, without a password, and without the groups and "
        + "rights that others gave to the lost accounts"

    private static let insisting =
        "to have everybody created anew, pass --accept-new-container once; nothing was written"

    private struct Known {
        let guid: GUID
        let state: ImportState

        var hadAccounts: Bool { (state.accounts ?? 0) > 0 }

        func isCalled(_ name: DistinguishedName) -> Bool {
            state.container.flatMap { try? DistinguishedName(parsing: $0) } == name
        }

        /// What has no time is older than all that has one.
        func isOlder(than other: Known) -> Bool {
            guard let theirs = Timestamp(iso8601: other.state.importedAt) else { return false }
            return Timestamp(iso8601: state.importedAt).map { $0 < theirs } ?? true
        }
    }

    private var states: [Known] {
        get throws {
            guard FileManager.default.fileExists(atPath: stateFolder) else { return [] }
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: stateFolder) else {
                throw CommandFailure(.inputOutput, "state_folder: \(stateFolder) cannot be read")
            }
            return try names.sorted().compactMap { name in
                guard let guid = GUID(name) else { return nil }
                let folder = StateFolder(readingOnly: "\(stateFolder)/\(name)")
                return try folder.read(ImportState.self, from: ImportState.fileName)
                    .map { Known(guid: guid, state: $0) }
            }
        }
    }
}
