import Directory
import LDAP

/// One of several parts of a directory that have nothing in common: the objects whose `objectGUID` begins with certain
/// octets.
///
/// Why `objectGUID`: an object never gets another one, so nobody changes from one part to another while they are read, as
/// he could between units, or between initials of a name. GUIDs are random, so the parts are of a size. And who may match
/// `objectCategory` may match `objectGUID`: both are of the property set Public Information ([MS-ADTS] 3.1.1.2.3.3), so that
/// a part hides nobody whom the whole would show.
struct GUIDRange: Sendable {
    /// Two octets each; nil at the ends.
    private let lower: UInt16?
    private let upper: UInt16?

    /// - Parameter count: 1 to 65,536.
    static func dividing(into count: Int) -> [GUIDRange] {
        let limits = (1..<count).map { UInt16(65_536 * $0 / count) }
        return zip([nil] + limits.map(Optional.some), limits.map(Optional.some) + [nil]).map(GUIDRange.init)
    }

    /// Of a filter, beside other conditions. `lower` is a part of this one, `upper` of the next: whatever order a server
    /// has for octets, every object is in exactly one.
    var conditions: [LDAPFilter] {
        [lower.map(Self.atLeast), upper.map { .not(Self.atLeast($0)) }].compactMap(\.self)
    }

    private static func atLeast(_ limit: UInt16) -> LDAPFilter {
        let octets = [UInt8(limit >> 8), UInt8(limit & 0xFF)] + [UInt8](repeating: 0, count: 14)
        return .greaterOrEqual(.objectGUID, LDAPValue(octets))
    }
}

extension GUIDRange {
    /// Whether the server compares GUIDs at all. One that does not would evaluate ``conditions`` to "undefined" and show
    /// nobody; so it is asked of an object whose GUID is known.
    static func isUnderstood(by connection: LDAPConnection, provenBy domain: Domain) async throws -> Bool {
        let known = domain.guid.directoryBytes
        guard let next = known.successor else { return false }
        let request = LDAPSearchRequest(
            base: .distinguishedName(domain.name), scope: .base,
            filter: .and([
                .greaterOrEqual(.objectGUID, LDAPValue(known)), .not(.greaterOrEqual(.objectGUID, LDAPValue(next))),
            ]),
            attributes: [.noAttributes])
        return try await connection.search(request).collect().count == 1
    }
}

extension [UInt8] {
    /// The next number, most significant octet first; nil after the last one.
    fileprivate var successor: [UInt8]? {
        guard let index = lastIndex(where: { $0 < .max }) else { return nil }
        return self[..<index] + [self[index] + 1] + [UInt8](repeating: 0, count: count - index - 1)
    }
}
