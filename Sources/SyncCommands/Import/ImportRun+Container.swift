import Directory
import SyncConfiguration
import SyncPlan
import UserFile

/// Whether the managed container is the one that earlier imports filled, with those in it whom they created.
extension ImportRun {
    /// Before anything of it is made in the state folder.
    ///
    /// - Throws: ``CommandFailure`` with status 78 for another container in the place of one that had accounts.
    func refuseReplacement(by container: Container, for file: VerifiedUserFile) throws {
        guard !options.acceptsNewContainer else { return }
        let known = KnownContainers(in: configuration.stateFolder)
        try known.refuseReplacement(by: container)
        try known.warnOfMove(to: container, of: file, loggers.main)
    }

    /// - Throws: ``CommandFailure`` with status 78 for a container that has lost everybody.
    func refuseEmptied(_ snapshot: TargetSnapshot, remembered last: ImportState?) throws {
        guard !options.acceptsNewContainer else { return }
        // Created of late on another domain controller, they are on their way.
        let accounts = snapshot.users.count + snapshot.awaited.count
        try KnownContainers.refuseEmptied(
            snapshot.container, remembered: last, accounts: accounts,
            allowed: configuration.deactivationLimit.count)
    }
}

extension Operation {
    /// Whether an account stands in the container by it that did not before.
    var bringsAccount: Bool {
        switch verb {
        case .create, .takeOver: true
        case .update, .rename, .move, .giveBack, .park, .disable, .enable, .join, .leave: false
        }
    }
}
