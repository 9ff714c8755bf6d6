/// An LDAP operation that did not succeed: what was attempted, what came of it, and how far it got.
///
/// `description` is safe to log. It holds names of objects and the server's words, never a value that was to be written
/// and never a password.
public struct LDAPError: Error, Hashable, Sendable {
    /// How far the request got; decides whether it may have had an effect.
    public enum Delivery: String, Hashable, Sendable {
        /// The server answered: nothing but what it says has happened.
        case answered
        /// Sent, but no answer came. Its fate is unknown: whoever wrote must read again before writing again.
        case unanswered
        /// Not sent: it had no effect.
        case notSent
    }

    /// The result code, from the server where `delivery` is `answered`.
    public let code: LDAPResultCode

    public let delivery: Delivery

    /// The server's `diagnosticMessage` (RFC 4511 section 4.1.9) without control characters; empty where none came.
    public let serverDiagnostic: String

    /// The last existing name above the one that was not found (RFC 4511 section 4.1.9), or empty.
    public let matchedDN: String

    /// What was attempted, in words: `search below DC=source,DC=test`.
    public let operation: String

    /// This client's own words on the failure, where the code alone does not tell.
    public let reason: String?

    public init(
        code: LDAPResultCode,
        delivery: Delivery,
        operation: String,
        reason: String? = nil,
        serverDiagnostic: String = "",
        matchedDN: String = ""
    ) {
        self.code = code
        self.delivery = delivery
        self.operation = operation
        self.reason = reason
        self.serverDiagnostic = serverDiagnostic.withoutControlCharacters
        self.matchedDN = matchedDN.withoutControlCharacters
    }

    /// Whether the connection is of no further use: the caller has to connect and bind again.
    public var isConnectionLost: Bool { code == .serverDown && delivery != .answered }
}

extension LDAPError: CustomStringConvertible {
    /// `could not modify CN=x,DC=y: insufficientAccessRights (50): <the server's words>`
    public var description: String {
        var text = "could not \(operation): \(code)"
        if let reason { text += ": \(reason)" }
        if !serverDiagnostic.isEmpty { text += ": \(serverDiagnostic)" }
        if !matchedDN.isEmpty { text += " (the last name that exists is \(matchedDN))" }
        if delivery == .unanswered { text += "; the request was sent but not answered, its outcome is unknown" }
        return text
    }
}

extension String {
    /// The text on one line: AD ends diagnostics with a NUL, and a line break would forge a log entry.
    var withoutControlCharacters: String {
        guard utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return self }
        var result = ""
        for scalar in unicodeScalars where scalar != "\0" {
            result.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
        }
        return result
    }
}
