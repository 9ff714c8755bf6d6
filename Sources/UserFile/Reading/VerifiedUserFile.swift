public import Directory

/// A user file that was read, verified and found sound. Only ``UserFileReader`` makes one.
public struct VerifiedUserFile: Sendable {
    public enum Authenticity: Sendable, Hashable {
        /// The HMAC matched.
        case authenticated
        /// There was no key: anybody may have written the file. Every run says so loudly.
        case notAuthenticated
    }

    /// How the text had to be taken.
    public enum Reading: Sendable, Hashable {
        case asWritten
        /// CRLF as LF, since the HMAC matched only so.
        case lineFeeds
        /// Windows-1252 with LF.
        case windows1252
    }

    public let authenticity: Authenticity
    public let reading: Reading
    public let header: UserFileHeader
    public let population: SourcePopulation
    public let completeness: CompletenessVerdict
    /// SHA-256 of the body as it was read, in lowercase hexadecimal digits: the same for the very same file only.
    public let digest: String
    /// Of the file as a whole.
    public let byteCount: Int
}

/// Whether the file's own counts bear out that it is complete.
public enum CompletenessVerdict: Sendable, Hashable {
    case consistent
    /// The file makes no claim: it is older than format 2 (UserSync's).
    case absent
    /// - Parameter reason: what does not fit together. A file of format 2 that makes no claim contradicts its format.
    case contradicted(reason: String)
}
