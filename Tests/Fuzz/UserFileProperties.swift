import Directory
import DistinguishedNames
import StrictJSON
import UserFile

/// The user file as a whole, in every way it may come.
enum UserFileProperties {
    private static let key: HMACKey = {
        guard let key = try? HMACKey(hex: Secret(String(repeating: "5a", count: 32))) else { violated("no key") }
        return key
    }()
    private static let unsigned = UserFileReader(key: nil, allowedAttributes: .standard)
    private static let signed = UserFileReader(key: key, allowedAttributes: .standard)

    static func check(_ bytes: [UInt8]) {
        let plain = read(bytes, by: unsigned)
        // Whatever it holds: nobody else can have signed it.
        if case .success(let file) = read(bytes, by: signed), file.authenticity == .authenticated {
            violated("a file was taken for one that the key had signed")
        }
        checkSignature(bytes, plain)
        if case .success(let file) = plain { checkRoundTrip(file) }
    }

    /// With the code behind it, a body is read as it is without; with one bit of it changed, it is not read at all.
    private static func checkSignature(_ body: [UInt8], _ plain: Result<VerifiedUserFile, UserFileError>) {
        guard let code = try? MessageAuthentication.hmacSHA256(key: key, message: body) else { violated("no HMAC") }
        let digits = code.flatMap { byte in
            [byte >> 4, byte & 15].map { UInt8("0123456789abcdef".utf8.map(\.self)[Int($0)]) }
        }
        var file = body + [0x0A] + digits
        switch (plain, read(file, by: signed)) {
        case (.success(let plain), .success(let signed)):
            guard signed.authenticity == .authenticated, plain.population == signed.population,
                plain.header == signed.header, plain.digest == signed.digest
            else { violated("a signed file says something else than the same one without signature") }
        case (.failure(let plain), .failure(let signed)):
            // One trailer may stand before another: then it belongs to the body.
            guard [.keyNeeded, .empty].contains(plain.kind) || plain.kind == signed.kind else {
                violated("refused as \(plain.kind), and signed as \(signed.kind)")
            }
        case (.failure(let plain), .success):
            guard plain.kind == .keyNeeded else { violated("refused as \(plain.kind), and taken when signed") }
        case (.success, .failure(let signed)):
            violated("taken, and refused when signed: \(signed)")
        }
        guard !body.isEmpty else { return }
        file[body.count / 2] ^= 1
        if case .success = read(file, by: signed) { violated("a changed file was taken") }
    }

    /// What was taken can be written, and reads back as the same.
    private static func checkRoundTrip(_ file: VerifiedUserFile) {
        let users = file.population.users.sorted { NameKey($0.accountName) < NameKey($1.accountName) }
        var names: [AttributeName] = []
        var known = Set<AttributeName>()
        for name in users.lazy.flatMap(\.attributes.names) where known.insert(name).inserted { names.append(name) }
        var records = UserFileRecords(attributeNames: names)
        for user in users { records.append(user) }
        let document = UserFileDocument(header: file.header, records: records)
        guard let bytes = try? UserFileWriter(key: nil).bytes(of: document) else { violated("cannot be written") }
        switch read(bytes, by: unsigned) {
        case .failure(let error): violated("what was taken is refused when written again: \(error)")
        case .success(let again):
            guard again.header == file.header else { violated("the header reads back as another") }
            guard again.population.timestamp == file.population.timestamp,
                again.population.users.count == users.count,
                zip(users, again.population.users).allSatisfy({ same($0, $1, names) })
            else { violated("the users read back as others") }
            guard again.completeness == file.completeness else { violated("the verdict reads back as another") }
        }
    }

    /// Their positions differ, since files are written in a fixed order; one may lack attributes that others have.
    private static func same(_ left: SourceUser, _ right: SourceUser, _ names: [AttributeName]) -> Bool {
        left.accountName.isIdenticalText(to: right.accountName)
            && left.commonName.isIdenticalText(to: right.commonName) && left.isDisabled == right.isDisabled
            && left.expiry == right.expiry && left.groups.sorted() == right.groups.sorted()
            && left.anchor == right.anchor
            && names.allSatisfy { values($0, of: left) == values($0, of: right) }
    }

    private static func values(_ name: AttributeName, of user: SourceUser) -> AttributeValues {
        user.attributes[name] ?? AttributeValues.none
    }

    private static func read(
        _ bytes: [UInt8], by reader: UserFileReader
    ) -> Result<VerifiedUserFile, UserFileError> {
        do throws(UserFileError) {
            return .success(try reader.read(bytes, named: "users.json"))
        } catch {
            Messages.check("\(error)", continuedBy: "- ")
            return .failure(error)
        }
    }
}
