import Directory
public import DistinguishedNames
import LDAP

/// What `init` wants to know of the domain; no run reads any of it.
extension ActiveDirectoryDomain {
    /// Where people and groups are, in the order of the names; the system's own (`isCriticalSystemObject`) do not count.
    ///
    /// - Parameter progress: gets the number of objects read so far.
    public func census(progress: @Sendable (Int) -> Void) async throws -> [PlaceCensus] {
        let request = LDAPSearchRequest(
            base: .distinguishedName(info.name),
            filter: .or([.and(LDAPFilter.people), .equal(.objectClass, "group")]),
            attributes: [.objectClass, .isCriticalSystemObject], referrals: .ignore)
        var users: [DistinguishedName: Int] = [:]
        var groups: [DistinguishedName: Int] = [:]
        var count = 0
        do {
            for try await entry in connection.search(request) {
                count += 1
                if count.isMultiple(of: 1000) { progress(count) }
                if entry[.isCriticalSystemObject].first?.string == "TRUE" { continue }
                guard let place = try entry.distinguishedName.parent else { continue }
                if entry[.objectClass].contains("group") {
                    groups[place, default: 0] += 1
                } else {
                    users[place, default: 0] += 1
                }
            }
        } catch {
            throw DirectoryFailure(reading: error)
        }
        return Set(users.keys).union(groups.keys).sorted().map {
            PlaceCensus(place: $0, users: users[$0] ?? 0, groups: groups[$0] ?? 0)
        }
    }

    /// The organizational units in which this connection may create users, as the server says, in the order of their
    /// names.
    public func unitsForNewUsers() async throws -> [DistinguishedName] {
        let request = LDAPSearchRequest(
            base: .distinguishedName(info.name), filter: .equal(.objectClass, "organizationalUnit"),
            attributes: [.allowedChildClassesEffective], referrals: .ignore)
        do {
            return try await connection.search(request).collect()
                .filter { $0[.allowedChildClassesEffective].contains { $0.string?.lowercased() == "user" } }
                .map { try $0.distinguishedName }.sorted()
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }

    /// Creates one organizational unit (RFC 4519 section 3.11); what is above it must be there.
    public func createUnit(_ name: DistinguishedName) async throws {
        do {
            try await connection.perform(.add(name, [LDAPAttribute(.objectClass, "organizationalUnit")]))
        } catch let error as LDAPError {
            throw DirectoryFailure(error)
        }
    }
}
