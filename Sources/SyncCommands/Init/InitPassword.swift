import AtomicFile
import Directory
import FoundationEssentials
import Glibc
import SyncConfiguration

/// The password of the bind, and where it is to be found from now on.
struct InitPassword: Sendable {
    enum Origin: Hashable, Sendable {
        /// `AD_USER_SYNC_BIND_PASSWORD`, which is written nowhere.
        case environment
        case file(String)
        /// At the terminal; goes to the file at ``InitPassword/place(besideConfiguration:)``.
        case typed
    }

    let secret: Secret
    let origin: Origin

    /// - Throws: ``SyncConfiguration/SecretError`` for an option or a variable that leads to none.
    static func find(
        _ options: InitOptions, _ user: String, _ dialogue: InitDialogue, _ environment: CommandEnvironment
    ) throws -> InitPassword {
        let sources = BindPasswordSources(
            environment: environment.variables, configured: options.passwordFile.map(ConfiguredSecret.file))
        if let secret = try sources.resolve(readFile: FileReading.bytes) {
            return InitPassword(secret: secret, origin: options.passwordFile.map(Origin.file) ?? .environment)
        }
        return InitPassword(secret: try dialogue.password("Password of \(user.printable)"), origin: .typed)
    }

    /// `secrets/bind-password` in the folder of the configuration.
    static func place(besideConfiguration file: String) -> String {
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        return "\(folder)secrets/bind-password"
    }

    /// Refuses, before anything is asked, to replace what may be another configuration's password.
    static func requirePlace(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                .cannotCreate,
                "\(path) is there already and may be the password of another configuration: use it with "
                    + "--password-file \(path), name another file with --password-file, or replace it with --force; "
                    + "nothing was written")
        }
    }

    /// Puts it into a file that its owner alone can read, in a folder that nobody else can look into.
    func write(to path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        if mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw CommandFailure(.cannotCreate, "the folder \(folder) cannot be created: \(SystemError(code: errno))")
        }
        try AtomicFile.write(Array(secret.reveal().utf8), to: path)
    }
}
