import Directory
public import DistinguishedNames
import LDAP

/// A group as a list of them has it.
public struct ListedGroup: Hashable, Sendable {
    public let name: DistinguishedName
    public let description: String?
    /// The entries of `member`. Whose primary group it is does not count ([MS-ADTS] 3.1.1.4.5.16).
    public let memberCount: Int
    /// Those of the members that are groups of this domain, sorted.
    public let nested: [DistinguishedName]
}

extension ActiveDirectoryDomain {
    /// The groups below a base, sorted by name, each with all of its members counted.
    ///
    /// Two searches: one for the groups, one of the whole domain for which groups are in which.
    public func groupList(below base: DistinguishedName) async throws -> [ListedGroup] {
        do {
            let nested = try await nesting()
            let request = LDAPSearchRequest(
                base: .distinguishedName(base), filter: .equal(.objectClass, "group"),
                attributes: [.member, .descriptionOfObject], rangeStep: rangeStep)
            var groups: [ListedGroup] = []
            for try await entry in connection.search(request) {
                let name = try entry.distinguishedName
                groups.append(
                    ListedGroup(
                        name: name, description: entry[.descriptionOfObject].first?.string,
                        memberCount: entry[.member].count, nested: (nested[name] ?? []).sorted()))
            }
            return groups.sorted { $0.name < $1.name }
        } catch let error as LDAPError where error.code == .noSuchObject {
            throw DirectoryFailure(
                kind: .missing, resultCode: Int(error.code.rawValue),
                message: "\(base) does not exist on \(connection.endpoint), or may not be read")
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }

    /// By group, the groups that are members of it. From below: a group is in few, and may hold thousands.
    private func nesting() async throws -> [DistinguishedName: [DistinguishedName]] {
        let request = LDAPSearchRequest(
            base: .distinguishedName(info.name),
            filter: .and([.equal(.objectClass, "group"), .present(.memberOf)]), attributes: [.memberOf],
            referrals: .ignore, rangeStep: rangeStep, rangedAttributes: [.memberOf])
        var nested: [DistinguishedName: [DistinguishedName]] = [:]
        for try await entry in connection.search(request) {
            let name = try entry.distinguishedName
            for group in entry[.memberOf].compactMap(\.string) {
                nested[try DistinguishedName(parsing: group), default: []].append(name)
            }
        }
        return nested
    }
}

extension LDAPAttributeName {
    fileprivate static let descriptionOfObject: LDAPAttributeName = "description"
}
