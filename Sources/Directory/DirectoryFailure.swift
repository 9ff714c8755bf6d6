/// Why the directory refused something or could not be asked; safe to log.
public struct DirectoryFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What a caller can do about it.
    public enum Kind: String, Sendable {
        /// The server said no to this one thing: try others.
        case refused
        /// Another object holds the name, the account name or the user principal name.
        case nameTaken
        /// The object is not there (any more).
        case missing
        /// The account lacks the right.
        case notAuthorised
        /// What was read before is not true any more: run again.
        case changedMeanwhile
        /// No answer: the change may or may not have happened.
        case unanswered
        /// It was never sent.
        case notSent
        /// The server cannot be reached.
        case unreachable
        /// User or password are wrong, or the account may not sign in.
        case signInRefused
        /// The answer was cut short by a limit, or led elsewhere.
        case incomplete
        /// What the server said makes no sense.
        case malformed
        /// The request breaks a rule of ours before anything is sent (such as a password over a bare connection).
        case unsafe

        /// Whether it says something about the connection rather than about what was asked.
        public var meansLost: Bool {
            switch self {
            case .unreachable, .unanswered, .notSent: true
            case .refused, .nameTaken, .missing, .notAuthorised, .changedMeanwhile, .signInRefused, .incomplete,
                .malformed, .unsafe:
                false
            }
        }
    }

    public let kind: Kind
    /// The LDAP result code (RFC 4511 §4.1.9), where a server gave one.
    public let resultCode: Int?
    /// A sentence for the operator: what was attempted, what the server said, what to do.
    public let message: String
    /// The domain controller that owes the answer, where that is not the one at hand any more.
    public let server: String?

    public init(kind: Kind, resultCode: Int? = nil, message: String, server: String? = nil) {
        self.kind = kind
        self.resultCode = resultCode
        self.message = message
        self.server = server
    }

    public var description: String { message }
}
