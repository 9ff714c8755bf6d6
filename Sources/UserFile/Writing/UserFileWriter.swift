import AtomicFile

/// Writes user files.
public struct UserFileWriter: Sendable {
    private let key: HMACKey?

    /// - Parameter key: signs the file; without one it has no trailer.
    public init(key: HMACKey?) {
        self.key = key
    }

    /// The file as a whole: the body and, with a key, a line break and the HMAC-SHA256 of the body in lowercase
    /// hexadecimal digits. Nothing follows, no line break either: a reader that splits at the last one finds both
    /// parts.
    ///
    /// - Throws: ``CryptographyError``.
    public func bytes(of document: UserFileDocument) throws(CryptographyError) -> [UInt8] {
        var file = UserFileEncoder.body(of: document)
        guard let key else { return file }
        let code = try MessageAuthentication.hmacSHA256(key: key, message: file)
        file.append(Trailer.lineBreak)
        file.append(contentsOf: Hexadecimal.encode(code))
        return file
    }

    /// Writes the file, mode 0600, so that a crash leaves the old one or the new one.
    ///
    /// - Throws: ``CryptographyError`` or ``AtomicFileError``; the old file then stays as it was.
    public func write(_ document: UserFileDocument, to path: String) throws {
        try AtomicFile.write(try bytes(of: document), to: path)
    }
}
