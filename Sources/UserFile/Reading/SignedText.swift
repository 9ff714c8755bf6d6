import StrictJSON

/// The text of a user file, authenticated where there is a key, before anything of it is parsed.
///
/// A file that Python wrote on Windows has CRLF for every LF and may be in Windows-1252, but its HMAC was taken over
/// the text with LF, as UTF-8.
struct SignedText {
    let text: UTF8Text
    let authenticity: VerifiedUserFile.Authenticity
    let reading: VerifiedUserFile.Reading

    /// - Parameter name: the file's, for the error.
    init(file: consuming [UInt8], named name: String, key: HMACKey?) throws(UserFileError) {
        var file = file  // taken over, so that it is shortened in place below
        let trailer = Trailer(of: file)
        guard let key else {
            guard trailer == nil else { throw UserFileError(file: name, kind: .keyNeeded) }
            (text, reading) = try Self.decode(file, named: name, readAs: .asWritten)
            authenticity = .notAuthenticated
            return
        }
        guard let trailer else { throw UserFileError(file: name, kind: .unsigned) }
        file.removeLast(file.count - trailer.bodyByteCount)
        let match: (body: [UInt8], reading: VerifiedUserFile.Reading)?
        do throws(CryptographyError) {
            match = try Self.authenticate(file, trailer: trailer, key: key)
        } catch {
            throw UserFileError(file: name, kind: .cryptography(error))
        }
        guard let match else { throw UserFileError(file: name, kind: .wrongSignature) }
        (text, reading) = try Self.decode(match.body, named: name, readAs: match.reading)
        authenticity = .authenticated
    }

    /// The first reading of `body` that the code fits; nil when none does.
    private static func authenticate(
        _ body: [UInt8], trailer: Trailer, key: HMACKey
    ) throws(CryptographyError) -> (body: [UInt8], reading: VerifiedUserFile.Reading)? {
        for reading in [VerifiedUserFile.Reading.asWritten, .lineFeeds, .windows1252] {
            guard let candidate = self.reading(body, as: reading) else { continue }
            let code = try MessageAuthentication.hmacSHA256(key: key, message: candidate)
            if MessageAuthentication.isEqual(code, trailer.code) { return (candidate, reading) }
        }
        return nil
    }

    /// Nil when the file cannot have been written so, or when that reading is the same as the one before.
    private static func reading(_ body: [UInt8], as reading: VerifiedUserFile.Reading) -> [UInt8]? {
        switch reading {
        case .asWritten: body
        case .lineFeeds: body.contains(UInt8(ascii: "\r")) ? withLineFeeds(body) : nil
        case .windows1252:
            body.contains { $0 >= 0x80 } ? (try? Windows1252.decode(body)).map(withLineFeeds) : nil
        }
    }

    /// With LF for CRLF, and without the CR of the line break before the trailer.
    private static func withLineFeeds(_ body: [UInt8]) -> [UInt8] {
        var text = LineEnds.withLineFeeds(body)
        if text.last == UInt8(ascii: "\r") { text.removeLast() }
        return text
    }

    private static func decode(
        _ body: [UInt8], named name: String, readAs reading: VerifiedUserFile.Reading
    ) throws(UserFileError) -> (UTF8Text, VerifiedUserFile.Reading) {
        if let text = UTF8Text(validating: body) { return (text, reading) }
        do throws(Windows1252.UndefinedByte) {
            return (try UTF8Text(windows1252: body), .windows1252)
        } catch {
            throw UserFileError(file: name, kind: .undecodable(byte: error.byte, offset: error.offset))
        }
    }
}
