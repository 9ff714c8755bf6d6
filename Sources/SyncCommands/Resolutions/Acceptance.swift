import Approvals
import Directory
import SyncPlan

/// What was said on the command line beside yes.
struct Acceptance: Sendable {
    enum Name: Sendable {
        case newName(String)
        case takeOver
        case takeOverAccount(String)
    }

    enum PasswordSource: Sendable {
        case standardInput
        case generated
        case kept
    }

    /// Nil: none of the options was given.
    let name: Name?
    /// Nil: somebody is asked, once it is known that somebody has to be.
    let password: PasswordSource?

    /// - Throws: ``CommandFailure`` with status 64 when the options do not fit what was selected; it says what does.
    func refuseMisfit(with entries: [Resolution], canAsk: Bool) throws {
        let names = entries.filter { $0.kind == .name }
        let enables = entries.filter { $0.kind == .enable }
        if name != nil, names.count < entries.count {
            throw misfit("--new-name and --take-over answer a name conflict", .name, entries)
        }
        if password != nil, enables.count < entries.count {
            throw misfit("a password is only for who is to be enabled", .enable, entries)
        }
        if name == nil, !names.isEmpty {
            throw usage(
                "\(Self.ids(names)): a name conflict is answered with --new-name NAME, --take-over or "
                    + "--take-over-account ACCOUNT; answer it by its id")
        }
        switch name {
        case .newName?, .takeOverAccount?:
            if names.count > 1 { throw usage("a name is for one user, and \(names.count) are selected: name one id") }
        case .takeOver?:
            if names.count > 1 {
                throw usage(
                    "a take-over is for one account, looked at; \(names.count) conflicts are selected: name one id")
            }
        case nil: break
        }
        switch password {
        case .standardInput?:
            if enables.count > 1 {
                throw usage(
                    "--password-stdin is for one user, and \(enables.count) are selected: name one id, or --generate "
                        + "makes a password for each")
            }
        case .generated?, .kept?: break
        case nil:
            if !enables.isEmpty, !canAsk {
                throw usage(
                    "\(Self.ids(enables)): to enable takes a password, and there is no terminal to ask on: "
                        + "--password-stdin, --generate or --keep-password")
            }
        }
    }

    private func misfit(_ rule: String, _ kind: ActionKind, _ entries: [Resolution]) -> CommandFailure {
        let others = entries.filter { $0.kind != kind }
        let kinds = Set(others.map(\.kind.rawValue)).sorted().joined(separator: ", ")
        return usage(
            "\(rule), and \(Self.ids(others)) asks something else (\(kinds)): answer one kind after the other, with --kind "
                + "or by ids")
    }

    /// The first few.
    private static func ids(_ entries: [Resolution]) -> String {
        let shown = entries.prefix(3).map { $0.id ?? $0.user }.joined(separator: ", ")
        return (entries.count > 3 ? "\(shown) and \(entries.count - 3) more" : shown).printable
    }

    private func usage(_ message: String) -> CommandFailure {
        CommandFailure(.usage, "\(message); nothing was written")
    }
}
