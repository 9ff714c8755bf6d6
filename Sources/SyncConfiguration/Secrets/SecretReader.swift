import Directory

/// Makes secrets of what the different places hold.
enum SecretReader {
    /// A value from an environment variable, option or key.
    ///
    /// An empty one is an error, not an absence: somebody meant to give a secret, and to go on with the next place, or
    /// without any, would hide that it was lost.
    static func secret(_ text: String, from origin: SecretOrigin) throws(SecretError) -> Secret {
        guard !text.isEmpty else { throw SecretError(origin: origin, reason: .empty) }
        return Secret(text)
    }

    /// The content of a file, without one line end, and without a byte order mark, which Windows editors put there.
    ///
    /// - Parameter readFile: Returns the bytes of the file at a path; the description of what it throws is shown.
    static func secret(
        inFile path: String, namedBy name: String, readFile: (String) throws -> [UInt8]
    ) throws(SecretError) -> Secret {
        let origin = SecretOrigin.file(path, namedBy: name)
        var content: ArraySlice<UInt8>
        do {
            content = try readFile(path)[...]
        } catch {
            throw SecretError(origin: origin, reason: .unreadable(String(describing: error)))
        }
        if content.starts(with: [0xEF, 0xBB, 0xBF]) { content.removeFirst(3) }
        if content.last == UInt8(ascii: "\n") {
            content.removeLast()
            if content.last == UInt8(ascii: "\r") { content.removeLast() }
        }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw SecretError(origin: origin, reason: .notUTF8)
        }
        return try secret(text, from: origin)
    }
}
