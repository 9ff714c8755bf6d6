import AtomicFile

/// Writes user files.
public struct UserFileWriter: Sendable {
    private let key: HMACKey?

    /// - Parameter key: signs the file; without one it has no trailer.
    public init(key: HMACKey?) {
        self.key = key
    }

    /// The file as a whole, in pieces: the body and, with a key, a line break and the HMAC-SHA256 of the body in lowercase
    /// hexadecimal digits. Nothing follows, no line break either: a reader that splits at the last one finds both
    /// parts.
    ///
    /// - Throws: ``CryptographyError``, and what `output` throws.
    public func write(_ document: UserFileDocument, into output: ([UInt8]) throws -> Void) throws {
        guard let key else { return try UserFileEncoder.body(of: document, into: output) }
        let code = try MessageAuthenticator(key: key)
        try UserFileEncoder.body(of: document) { piece in
            try code.update(with: piece)
            try output(piece)
        }
        try output([Trailer.lineBreak] + Hexadecimal.encode(try code.finish()))
    }

    /// The same in one piece.
    ///
    /// - Throws: ``CryptographyError``.
    public func bytes(of document: UserFileDocument) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try write(document) { bytes += $0 }
        return bytes
    }

    /// Writes the file, mode 0600, so that a crash leaves the old one or the new one.
    ///
    /// - Throws: ``CryptographyError`` or ``AtomicFileError``; the old file then stays as it was.
    public func write(_ document: UserFileDocument, to path: String) throws {
        try AtomicFile.write(to: path) { append in try write(document, into: append) }
    }
}
