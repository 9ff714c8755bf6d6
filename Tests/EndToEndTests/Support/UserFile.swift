import Foundation
import LabSupport

/// User files that no export of ours wrote.
enum UserFile {
    static let domainGUID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"

    /// One record; `number` makes its identity.
    static func record(_ number: Int, _ extra: [String: JSON] = [:]) -> JSON {
        let record: [String: JSON] = [
            "sAMAccountName": "e2e-p\(number)", "cn": "Person \(number)", "disabled": false, "accountExpires": nil,
            "memberOf": ["CN=Operators"], "objectGUID": "00000000-0000-4000-8000-\(String(format: "%012d", number))",
            "department": "Operations",
        ]
        return .object(record.merging(extra) { _, given in given })
    }

    static func document(_ users: [JSON], sequence: Int = 1, _ extra: [String: JSON] = [:]) -> JSON {
        let groups = Dictionary(grouping: users.flatMap { $0["memberOf"].strings }, by: \.self).mapValues(\.count)
        let document: [String: JSON] = [
            "timestamp": .text(now), "format": 2, "export_id": "crafted-\(sequence)", "sequence": .number(sequence),
            "source": ["domain": "crafted.test", "domain_guid": .text(domainGUID), "server": "dc.crafted.test"],
            "completeness": [
                "users": .number(users.count), "members": .object(groups.mapValues(JSON.number)),
                "highest_committed_usn": 4711,
            ],
            "users": .array(users),
        ]
        return .object(document.merging(extra) { _, given in given })
    }

    /// A minute before these tests began; the same for all of them.
    static let now = String(Date.now.addingTimeInterval(-60).formatted(.iso8601).dropLast())

    /// The body and the trailer of a signed file.
    static func parts(of file: [UInt8]) -> (body: [UInt8], trailer: String) {
        let end = file.lastIndex(of: UInt8(ascii: "\n")) ?? file.endIndex
        return (Array(file[..<end]), String(decoding: file[end...].dropFirst(), as: UTF8.self))
    }

    /// With a trailer that OpenSSL's command line made.
    static func signed(_ body: [UInt8], key: String = Stage.key) async throws -> [UInt8] {
        body + [UInt8(ascii: "\n")] + Array(try await hmac(of: body, key: key).utf8)
    }

    static func hmac(of body: [UInt8], key: String = Stage.key) async throws -> String {
        var openssl = Subprocess(
            "/usr/bin/openssl", ["dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:\(key)"])
        openssl.input = body
        let words = try await openssl.succeed().outputText.split(whereSeparator: \.isWhitespace)
        return words.last.map(String.init) ?? ""
    }
}
