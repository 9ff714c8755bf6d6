public import Directory
import DistinguishedNames
import LDAP

extension ActiveDirectoryDomain {
    /// Two reads at most: `msDS-ResultantPSO` of the user, which the server makes out of the user's own policies and those
    /// of his groups by their precedence ([MS-ADTS] 3.1.1.4.5.36), and what it names.
    ///
    /// The first needs the right to read the user's attributes, which the delegation for an import has. By default only
    /// domain administrators may read the second; Samba 4.17 then gives the object without attributes.
    public func passwordPolicy(of user: UserReference) async throws -> PasswordPolicy {
        do {
            let entry = try await connection.readEntry(at: user.objectName, attributes: [.resultantPasswordSettings])
            guard let name = entry[.resultantPasswordSettings].first?.string else { return info.passwordPolicy }
            let policy = try await fineGrainedPolicy(DistinguishedName(parsing: name))
            return policy ?? info.passwordPolicy.forWantOfFineGrained
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }

    /// Nil when this account may not read it.
    private func fineGrainedPolicy(_ name: DistinguishedName) async throws -> PasswordPolicy? {
        do {
            let entry = try await connection.readEntry(
                at: .distinguishedName(name), attributes: [.minimumPasswordLength, .passwordComplexityEnabled])
            guard let length = entry[.minimumPasswordLength].first?.string.flatMap({ Int($0) }),
                let complexity = entry[.passwordComplexityEnabled].first?.string
            else { return nil }
            return PasswordPolicy(
                minimumLength: length, requiresComplexity: complexity == "TRUE", source: .fineGrained)
        } catch let error as LDAPError
            where error.code == .noSuchObject || error.code == .insufficientAccessRights
        {
            return nil
        }
    }
}
