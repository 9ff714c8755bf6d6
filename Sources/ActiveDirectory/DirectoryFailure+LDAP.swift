import Directory
import LDAP

extension DirectoryFailure {
    /// Translates what the client reports; `hint` says what an operator can do, where the caller knows.
    init(_ error: LDAPError, hint: String? = nil) {
        let kind = Kind(error)
        let answered = error.delivery == .answered
        var message = error.code.description
        if let reason = error.reason { message += ": \(reason)" }
        if !error.serverDiagnostic.isEmpty { message += ": \(error.serverDiagnostic)" }
        if !answered || kind == .incomplete || kind == .unreachable { message = error.description }
        if let hint = hint ?? Self.hint(for: error) { message += " (\(hint))" }
        self.init(kind: kind, resultCode: answered ? Int(error.code.rawValue) : nil, message: message)
    }

    /// Any error of a read, as a failure.
    init(reading error: any Error) {
        switch error {
        case let failure as DirectoryFailure: self = failure
        // Of a server that shuts down. (Of a write it may be about the one object.)
        case let error as LDAPError where error.delivery == .answered && error.code == .unavailable:
            self.init(kind: .unreachable, resultCode: Int(error.code.rawValue), message: error.description)
        case let error as LDAPError: self.init(error)
        case is CancellationError: self.init(kind: .notSent, message: "the run was interrupted")
        default: self.init(kind: .malformed, message: "\(error)")
        }
    }

    private static func hint(for error: LDAPError) -> String? {
        guard error.delivery == .answered else { return nil }
        if error.extendedCode == Win32.passwordRestriction { return "the password does not meet the domain's policy" }
        return switch error.code {
        case .insufficientAccessRights: "the account this tool signs in with lacks the right"
        case .invalidAttributeSyntax, .constraintViolation: "a value is too long, of the wrong form, or already in use"
        case .entryAlreadyExists: "another object has this name or account name"
        default: nil
        }
    }
}

extension DirectoryFailure.Kind {
    fileprivate init(_ error: LDAPError) {
        switch (error.delivery, error.code) {
        case (.unanswered, _): self = .unanswered
        case (.notSent, .serverDown), (.notSent, .connectError): self = .unreachable
        // Too large to be sent to any server.
        case (.notSent, .encodingError): self = .unsafe
        case (.notSent, _): self = .notSent
        case (.answered, .entryAlreadyExists): self = .nameTaken
        case (.answered, .constraintViolation)
        where Win32.uniquenessViolations.contains(error.extendedCode ?? 0): self = .nameTaken
        case (.answered, .noSuchObject): self = .missing
        case (.answered, .insufficientAccessRights): self = .notAuthorised
        case (.answered, .invalidCredentials): self = .signInRefused
        case (.answered, .sizeLimitExceeded), (.answered, .timeLimitExceeded), (.answered, .adminLimitExceeded),
            (.answered, .referral):
            self = .incomplete
        default: self = .refused
        }
    }
}

/// Win32 error codes that stand at the beginning of AD's diagnostics ([MS-ERREF] 2.2).
enum Win32 {
    /// ERROR_PASSWORD_RESTRICTION
    static let passwordRestriction: UInt32 = 0x52D
    /// ERROR_DS_SPN_VALUE_NOT_UNIQUE_IN_FOREST, ERROR_DS_UPN_VALUE_NOT_UNIQUE_IN_FOREST
    static let uniquenessViolations: Set<UInt32> = [0x21C7, 0x21C8]
}
