/// Why there is no sign-in with Kerberos, in a sentence that also says what to do.
public struct KerberosFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Hashable, Sendable {
        /// This side lacks something: a keytab, a ticket, a module, a realm. No server was asked to believe anything.
        case unusable
        /// The domain says no to the account or its keys.
        case refused
        /// No key distribution centre answers.
        case unreachable
        /// The clocks are too far apart.
        case clock
        /// The domain knows the account, but not this server by the name it was called by.
        case unknownServer
    }

    public let kind: Kind
    public let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description.withoutControlCharacters
    }
}
