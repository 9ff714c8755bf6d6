import Directory

/// Something in a valid configuration that its author should know. Safe to print: it never holds a secret.
public struct ConfigurationWarning: Hashable, Sendable, CustomStringConvertible {
    public enum Severity: Hashable, Sendable {
        /// Worth a line in the log.
        case notice
        /// Weakens security or probably differs from what was meant: every run says so.
        case warning
    }

    public let severity: Severity
    /// The way to the value, such as `tls.verify`.
    public let key: String
    public let message: String

    public var description: String { "\(key): \(message)".printable }
}
