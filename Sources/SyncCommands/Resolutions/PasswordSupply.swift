import Approvals
import Directory
import SyncConfiguration
import SyncPlan

/// A password that was made, and for whom.
struct MadePassword: Sendable {
    let entry: Resolution
    let password: Secret
}

/// One password after the other, from where the command line says.
struct PasswordSupply {
    private enum Source {
        case standardInput
        case made(by: PasswordMaker)
        case kept
        /// Nil where there is nobody to type one.
        case typed(Prompt?)
    }

    private let source: Source
    private(set) var made: [MadePassword] = []

    /// - Throws: ``CommandFailure`` or `PasswordWordListError` when passwords cannot be made as configured.
    init(_ source: Acceptance.PasswordSource?, prompt: Prompt?, settings: PasswordSettings) throws {
        self.source =
            switch source {
            case .standardInput?: .standardInput
            case .generated?: .made(by: try settings.maker())
            case .kept?: .kept
            case nil: .typed(prompt)
            }
    }

    /// Nil keeps the one that was set before.
    mutating func password(for entry: Resolution) throws -> Secret? {
        switch source {
        case .standardInput: return try PasswordEntry.fromStandardInput()
        case .made(let maker):
            var generator = SystemRandomNumberGenerator()
            let password = try maker.make(for: Self.rules(for: entry), using: &generator)
            made.append(MadePassword(entry: entry, password: password))
            return password
        case .kept: return nil
        case .typed(let prompt?): return try PasswordEntry.ask(for: entry, prompt)
        case .typed(nil): throw CommandFailure(.usage, "there is no terminal to ask on; nothing was written")
        }
    }

    /// What the domain asks is not known without it, and the server judges: these are what most domains ask.
    private static func rules(for entry: Resolution) -> PasswordRules {
        PasswordRules(
            policy: PasswordPolicy(minimumLength: 12, requiresComplexity: true, source: .domain),
            accountName: entry.accountName ?? "", displayName: entry.user)
    }
}
