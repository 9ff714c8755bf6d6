import Directory
import DistinguishedNames
import UserFile

enum Fixture {
    static let keyDigits = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
    static let domain = "00000000-0000-0000-0000-000000000005"

    static func key(_ digits: String = keyDigits) throws -> HMACKey { try HMACKey(hex: Secret(digits)) }

    /// A record with what it must have; `more` are further members, or the same ones with other values.
    static func record(_ more: [String: String] = [:], without missing: Set<String> = []) -> String {
        var members = [
            "sAMAccountName": #""jdoe""#, "cn": #""Jane Doe""#, "disabled": "false", "accountExpires": "null",
            "memberOf": #"["CN=Operators"]"#,
        ]
        members.merge(more) { $1 }
        let text = members.filter { !missing.contains($0.key) }.sorted { $0.key < $1.key }
            .map { "\"\($0.key)\": \($0.value)" }
        return "{\(text.joined(separator: ", "))}"
    }

    /// A file as UserSync 1.0 writes it, or with a `header` such as `"format": 2`.
    static func file(_ records: String..., header: String? = nil) -> String {
        "{\(header.map { $0 + ", " } ?? "")\"users\": [\(records.joined(separator: ", "))]}"
    }

    static func source() throws -> SourceDescription {
        SourceDescription(domain: "source.test", domainGUID: try guid(domain), server: "dc1.source.test")
    }

    static func guid(_ text: String) throws -> GUID {
        guard let guid = GUID(text) else { throw NoGUID() }
        return guid
    }

    static func user(
        _ accountName: String, name: String = "Jane Doe", groups: [String] = [], anchor: String? = nil,
        attributes: [(AttributeName, AttributeValues)] = []
    ) throws -> SourceUser {
        SourceUser(
            position: 1, accountName: accountName, commonName: name, isDisabled: false, expiry: .never,
            groups: try groups.map { try DistinguishedName(parsing: $0) },
            anchor: try anchor.map { Anchor(domain: try guid(domain), user: try guid($0)) },
            attributes: AttributeRow(names: attributes.map(\.0), values: attributes.map(\.1)))
    }

    static func document(_ users: [SourceUser], attributes: [AttributeName] = []) throws -> UserFileDocument {
        let header = UserFileHeader(
            timestamp: nil, exportID: nil, sequence: nil, source: try source(), completeness: nil)
        return UserFileDocument(header: header, users: users, attributeNames: attributes)
    }

    private struct NoGUID: Error {}
}

/// Reads a text without key, as most tests do.
func read(_ text: String, limits: UserFileLimits = .standard) throws(UserFileError) -> VerifiedUserFile {
    try UserFileReader(key: nil, allowedAttributes: .standard, limits: limits).read(
        Array(text.utf8), named: "users.json")
}

func read(_ file: [UInt8], key: HMACKey?) throws(UserFileError) -> VerifiedUserFile {
    try UserFileReader(key: key, allowedAttributes: .standard).read(file, named: "users.json")
}

extension UserFileDocument {
    init(header: UserFileHeader, users: [SourceUser], attributeNames: [AttributeName]) {
        var records = UserFileRecords(attributeNames: attributeNames)
        for user in users { records.append(user) }
        self.init(header: header, records: records)
    }
}
