import AccessControl
import ActiveDirectory
import Directory
import DistinguishedNames

/// The domain as the account sees it.
enum DomainCheck {
    /// Names the domain, and the account as the domain knows it.
    ///
    /// - Returns: nil when the server does not tell who the account is.
    static func account(_ domain: ActiveDirectoryDomain, _ sheet: inout CheckSheet) async throws -> SignedInAccount? {
        let info = try await domain.domain()
        sheet.ok("domain", "\(info.dnsName), \(info.guid)")
        guard let account = try await domain.signedInAccount() else {
            sheet.note("account", "\(info.server.printable) does not tell whom it takes this account for")
            return nil
        }
        sheet.ok("account", "\(account.name)".printable)
        return account
    }

    /// - Returns: nil when it is not there.
    static func container(
        _ name: DistinguishedName, key: String, _ domain: ActiveDirectoryDomain, _ sheet: inout CheckSheet
    ) async throws -> Container? {
        do {
            let container = try await domain.container(name, key: key)
            sheet.ok(key, "\(container.name)".printable)
            return container
        } catch let failure as CommandFailure {
            let parent = try await nearestAncestor(of: name, domain)
            sheet.fault(
                key,
                "\(name) does not exist, or may not be read"
                    + (parent.map { "; what is there is \($0)" } ?? "") + ": create it, or correct the key",
                failure.status)
            return nil
        }
    }

    private static func nearestAncestor(
        of name: DistinguishedName, _ domain: ActiveDirectoryDomain
    ) async throws -> DistinguishedName? {
        var place = name.parent
        while let candidate = place {
            if let access = try await domain.access(to: candidate) { return access.name }
            place = candidate.parent
        }
        return nil
    }
}
