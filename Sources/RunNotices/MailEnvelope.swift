/// From whom and to whom a mail goes.
public struct MailEnvelope: Hashable, Sendable {
    /// Nil for whoever the mail system takes the sender to be.
    public let from: MailAddress?
    /// Never empty.
    public let to: [MailAddress]

    public init(from: MailAddress?, to: [MailAddress]) {
        self.from = from
        self.to = to
    }
}

/// `local@domain`, of ASCII, both parts a dot-atom (RFC 5322 section 3.4.1): it can stand in a header as it is.
public struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// Nil for anything else; quoted local parts, names and comments are not taken.
    public init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy(Self.isDotAtom), text.utf8.count <= 254 else { return nil }
        description = text
    }

    private static func isDotAtom(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty
                && atom.allSatisfy {
                    $0.isASCII && ($0.isLetter || $0.isNumber || "!#$%&'*+-/=?^_`{|}~".contains($0))
                }
        }
    }
}
