public import AccessControl
public import Directory
public import DistinguishedNames
import LDAP

/// The account a connection is signed in as.
public struct SignedInAccount: Sendable {
    public let name: DistinguishedName
    public let accountName: String
    public let token: AccessToken
}

/// What `check` wants to know of the domain; no run reads any of it.
extension ActiveDirectoryDomain {
    /// - Returns: nil when the server does not tell whom it takes this connection for.
    public func signedInAccount() async throws -> SignedInAccount? {
        do {
            let root = try await connection.readEntry(at: .rootDSE, attributes: [.tokenGroups])
            guard let token = AccessToken(root[.tokenGroups].compactMap { SecurityIdentifier($0.bytes) }) else {
                return nil
            }
            let account = try await connection.readEntry(at: .sid(token.account.octets), attributes: [.accountName])
            return SignedInAccount(
                name: try account.distinguishedName, accountName: account[.accountName].first?.string ?? "",
                token: token)
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }

    /// - Returns: nil when the object is not there, or not to be seen.
    public func access(to name: DistinguishedName) async throws -> ObjectAccess? {
        do {
            let entry = try await connection.readEntry(
                at: .distinguishedName(name), attributes: Self.accessAttributes, controls: [.accessListOnly])
            return try ObjectAccess(entry)
        } catch let error as LDAPError where error.code == .noSuchObject {
            return nil
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }

    /// The first users below a container that the server names, and whether these are all.
    public func access(
        toUsersBelow base: DistinguishedName, first limit: Int
    ) async throws -> (users: [ObjectAccess], areAll: Bool) {
        var users: [ObjectAccess] = []
        let request = LDAPSearchRequest(
            base: .distinguishedName(base), filter: .and(LDAPFilter.people), attributes: Self.accessAttributes,
            controls: [.accessListOnly])
        do {
            for try await entry in connection.search(request) {
                guard users.count < limit else { return (users, areAll: false) }
                users.append(try ObjectAccess(entry))
            }
            return (users, areAll: true)
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }

    /// Those of the names that the domain's schema knows.
    public func schema(of names: [AttributeName]) async throws -> [AttributeSchema] {
        guard !names.isEmpty else { return [] }
        do {
            let root = try await connection.readEntry(at: .rootDSE, attributes: [.schemaNamingContext])
            guard let context = root[.schemaNamingContext].first?.string else { return [] }
            let request = LDAPSearchRequest(
                base: .distinguishedName(try DistinguishedName(parsing: context)), scope: .oneLevel,
                filter: .or(names.map { .equal(.ldapDisplayName, LDAPValue($0.description)) }),
                attributes: [.ldapDisplayName, .schemaIDGUID, .attributeSecurityGUID, .systemOnly])
            return try await connection.search(request).collect().compactMap { entry in
                guard let name = entry[.ldapDisplayName].first?.string,
                    let identifier = entry[.schemaIDGUID].first.flatMap({ GUID(directoryBytes: $0.bytes) })
                else { return nil }
                return AttributeSchema(
                    name: AttributeName(name), identifier: identifier,
                    propertySet: entry[.attributeSecurityGUID].first.flatMap { GUID(directoryBytes: $0.bytes) },
                    isSystemOnly: entry[.systemOnly].first?.string == "TRUE")
            }
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }

    private static let accessAttributes: [LDAPAttributeName] = [
        .securityDescriptor, .allowedAttributesEffective, .allowedChildClassesEffective, .securityRightsEffective,
    ]
}

extension ObjectAccess {
    fileprivate init(_ entry: LDAPEntry) throws {
        let writable = entry[.allowedAttributesEffective].compactMap(\.string)
        let rights = entry[.securityRightsEffective].first?.string.flatMap { Int($0) } ?? 0
        let descriptor = entry[.securityDescriptor].first.flatMap { SecurityDescriptor($0.bytes) }
        self.init(
            name: try entry.distinguishedName,
            entries: descriptor?.accessControlEntries, isProtected: descriptor?.isProtected ?? false,
            writableAttributes: writable.isEmpty ? nil : Set(writable.map { AttributeName($0) }),
            creatableClasses: Set(entry[.allowedChildClassesEffective].compactMap { $0.string?.lowercased() }),
            // DACL_SECURITY_INFORMATION
            mayChangePermissions: rights & 4 != 0)
    }
}

extension LDAPAttributeName {
    fileprivate static let allowedAttributesEffective: LDAPAttributeName = "allowedAttributesEffective"
    fileprivate static let attributeSecurityGUID: LDAPAttributeName = "attributeSecurityGUID"
    fileprivate static let ldapDisplayName: LDAPAttributeName = "lDAPDisplayName"
    fileprivate static let schemaIDGUID: LDAPAttributeName = "schemaIDGUID"
    fileprivate static let schemaNamingContext: LDAPAttributeName = "schemaNamingContext"
    fileprivate static let securityRightsEffective: LDAPAttributeName = "sDRightsEffective"
    fileprivate static let systemOnly: LDAPAttributeName = "systemOnly"
    fileprivate static let tokenGroups: LDAPAttributeName = "tokenGroups"
}
