import Approvals
import AtomicFile
import Directory
import Glibc
import Journal
import LDAP
import SourceRecords
import SyncConfiguration
import SyncPlan
import UserFile

extension CommandFailure {
    /// Gives every error the commands can meet its status; one place, so that the same error ends the same way everywhere.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as ConfigurationError: self.init(.badConfiguration, error.description)
        case let error as SecretError: self.init(.badConfiguration, error.description)
        case let error as HMACKeyError: self.init(.badConfiguration, error.description)
        case let error as AttributeAllowListError:
            self.init(.badConfiguration, "allowed_attributes: \(error.description)")
        case let error as RecordMappingError:
            self.init(.badData, "\(error); nothing was written", needsAnotherFile: true)
        case let error as LDAPURIError: self.init(.badConfiguration, "server: \(error.description)")
        case let error as UserFileError:
            self.init(error.status, error.description, needsAnotherFile: error.isOfItsContent)
        case let error as ResolutionsFileError: self.init(.badData, error.description)
        case let error as AnsweringError: self.init(.usage, "\(error.description); nothing was written")
        case let error as PasswordWordListError: self.init(.badConfiguration, error.description)
        case let error as PasswordMakerError: self.init(.badConfiguration, error.description)
        case let error as AtomicFileError: self.init(error.status, error.description + error.advice)
        case let error as JournalError: self.init(error.status, error.description)
        case let error as LDAPConnectError: self.init(error.status, error.description)
        case let failure as LocationFailure: self.init(failure.status, failure.description)
        case let failure as KerberosFailure: self.init(failure.kind.status, failure.description)
        case let failure as DirectoryFailure: self.init(failure.kind.status, failure.message)
        case let refusal as PlanRefusal: self.init(refusal)
        case is CancellationError: self.init(.interrupted, "interrupted")
        default: self.init(.internalError, "\(error)")
        }
    }

    private init(_ refusal: PlanRefusal) {
        switch refusal {
        case .otherSource(let file, let container):
            self.init(
                .badData,
                "the file comes from the domain \(file), but the managed container belongs to the domain \(container): "
                    + "one container takes one source; nothing was written",
                needsAnotherFile: true)
        case .unanchoredFile(let anchored):
            self.init(
                .badData,
                "the file carries no anchors, but \(anchored) users of the managed container do: "
                    + "export with \"anchor\": true, or pass --accept-unanchored to match people by their names; "
                    + "nothing was written",
                needsAnotherFile: true)
        case .prefixMissing(let prefix, let example, let count):
            self.init(
                .badConfiguration,
                "prefix_common_names: \(count) users that were found by account name have a cn that begins with "
                    + "\"\(prefix)\" (for example \(example.commonName)), but the configuration has no such prefix and "
                    + "they would all be renamed: set \"prefix_common_names\": \"\(prefix)\"; nothing was written")
        }
    }
}

extension UserFileError {
    fileprivate var status: ExitStatus {
        switch kind {
        case .missing, .empty, .unreadable: .noInput
        default: .badData
        }
    }

    /// What cannot be read now may be readable later.
    fileprivate var isOfItsContent: Bool {
        switch kind {
        case .missing, .unreadable, .cryptography: false
        default: true
        }
    }
}

extension JournalError {
    fileprivate var status: ExitStatus {
        switch kind {
        case .unreadable: .inputOutput
        case .laterFormat: .badData
        }
    }
}

extension AtomicFileError {
    fileprivate var status: ExitStatus {
        switch step {
        case .inspect, .create: .cannotCreate
        case .write, .sync, .rename, .remove: .inputOutput
        }
    }

    /// What to do about it, where the system's words leave that open.
    fileprivate var advice: String {
        switch code {
        case ENOSPC?, EDQUOT?: ": make room there"
        case EFBIG?: ": allow this process larger files (ulimit -f)"
        case EROFS?: ": make the file system writable, or name another place"
        case EACCES?, EPERM?: ": let the account that runs this write there"
        default: ""
        }
    }
}

extension LDAPConnectError {
    fileprivate var status: ExitStatus {
        switch self {
        case .noEndpoints, .unusableCAFile: .badConfiguration
        case .allEndpointsFailed: .unavailable
        }
    }
}

extension LocationFailure {
    fileprivate var status: ExitStatus {
        switch self {
        case .noSuchDomain, .noServers, .foreignServers: .badConfiguration
        case .unavailable: .unavailable
        }
    }
}

extension KerberosFailure.Kind {
    fileprivate var status: ExitStatus {
        switch self {
        case .unusable, .unknownServer: .badConfiguration
        case .refused: .notAuthorised
        case .unreachable: .unavailable
        case .clock: .tryAgain
        }
    }
}

extension DirectoryFailure.Kind {
    fileprivate var status: ExitStatus {
        switch self {
        case .notAuthorised, .signInRefused: .notAuthorised
        case .missing, .unsafe: .badConfiguration
        default: .unavailable
        }
    }
}
