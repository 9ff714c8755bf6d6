import Directory

/// Reads user files: authenticates first, then parses, then checks everything that concerns the file as a whole.
///
/// What Active Directory would refuse of a single record (a name too long, a wrong syntax) is not judged here.
public struct UserFileReader: Sendable {
    private let key: HMACKey?
    private let allowedAttributes: AttributeAllowList
    private let limits: UserFileLimits

    /// - Parameter key: with one, nothing is parsed before the HMAC matched; without, a file with a trailer is refused.
    public init(key: HMACKey?, allowedAttributes: AttributeAllowList, limits: UserFileLimits = .standard) {
        self.key = key
        self.allowedAttributes = allowedAttributes
        self.limits = limits
    }

    /// Reads the file at `path`.
    public func read(path: String) throws(UserFileError) -> VerifiedUserFile {
        try read(try FileContents.read(path, limit: limits.fileBytes), named: path)
    }

    /// Reads a file whose bytes are at hand.
    ///
    /// - Parameter name: what errors call the file.
    public func read(_ file: consuming [UInt8], named name: String) throws(UserFileError) -> VerifiedUserFile {
        let byteCount = file.count
        guard byteCount <= limits.fileBytes else {
            throw UserFileError(file: name, kind: .tooLarge(limit: limits.fileBytes))
        }
        guard file.contains(where: { !Self.whiteSpace.contains($0) }) else {
            throw UserFileError(file: name, kind: .empty)
        }
        let signed = try SignedText(file: file, named: name, key: key)
        let content = try UserFileContent(
            signed.text, named: name, allowedAttributes: allowedAttributes, limits: limits)
        let completeness = CompletenessVerdict(header: content.header, users: content.population.users)
        return VerifiedUserFile(
            authenticity: signed.authenticity,
            reading: signed.reading,
            header: content.header,
            population: content.population.judged(completeness),
            completeness: completeness,
            digest: try digest(of: signed.text, named: name),
            byteCount: byteCount
        )
    }

    private func digest(of text: UTF8Text, named name: String) throws(UserFileError) -> String {
        do throws(CryptographyError) {
            let digest = try MessageAuthentication.sha256(text.bytes)
            return String(decoding: Hexadecimal.encode(digest), as: UTF8.self)
        } catch {
            throw UserFileError(file: name, kind: .cryptography(error))
        }
    }

    private static let whiteSpace = Set(" \t\r\n".utf8)
}

extension SourcePopulation {
    fileprivate func judged(_ verdict: CompletenessVerdict) -> SourcePopulation {
        guard case .contradicted(let reason) = verdict else { return self }
        return SourcePopulation(timestamp: timestamp, domain: domain, users: users, incompleteness: reason)
    }
}
