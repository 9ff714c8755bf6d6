public import Directory
import DistinguishedNames
import LDAP

extension ActiveDirectoryDomain {
    public func shows(_ change: DirectoryChange) async throws -> Bool {
        do {
            switch change {
            case .create(let new):
                return try await entry(at: .distinguishedName(new.name), new.shownAttributes)?.shows(new) ?? false
            case .update(let user, let update):
                return try await entry(at: user.objectName, update.shownAttributes)?.shows(update) ?? false
            case .rename(let user, let leaf):
                let found = try await entry(at: user.objectName, [.objectGUID])?.distinguishedName
                return found?.leaf?.value.isIdenticalText(to: leaf.value) ?? false
            case .move(let user, let name):
                let found = try await entry(at: user.objectName, [.objectGUID])?.distinguishedName
                guard let found, let leaf = found.leaf, let wanted = name.leaf else { return false }
                return found.parent == name.parent && leaf.value.isIdenticalText(to: wanted.value)
            case .disable(let user, _), .enable(let user, _, _):
                let control = try await entry(at: user.objectName, [.accountControl])?[.accountControl].first?.string
                return control != nil && control == change.accountControl?.after.attributeValue
            case .join(let user, let group): return try await isMember(user, of: group) ?? false
            case .leave(let user, let group): return try await isMember(user, of: group).map { !$0 } ?? true
            }
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }

    /// Nil when the user is not there.
    func isMember(_ user: UserReference, of group: DirectoryGroupReference) async throws -> Bool? {
        guard let entry = try await entry(at: user.objectName, [.objectGUID]) else { return nil }
        let request = LDAPSearchRequest(
            base: group.objectName, scope: .base, filter: .equal(.member, LDAPValue(entry.rawDN)),
            attributes: [.noAttributes])
        return try await !connection.search(request).collect().isEmpty
    }

    private func entry(at name: LDAPObjectName, _ attributes: [LDAPAttributeName]) async throws -> LDAPEntry? {
        do {
            return try await connection.readEntry(at: name, attributes: attributes)
        } catch let error as LDAPError where error.code == .noSuchObject {
            return nil
        }
    }
}

extension NewUser {
    fileprivate var shownAttributes: [LDAPAttributeName] {
        [.accountName] + attributes.compactMap { LDAPAttributeName($0.name.description) }
    }
}

extension UserUpdate {
    fileprivate var shownAttributes: [LDAPAttributeName] {
        [.accountExpires] + replacements.compactMap { LDAPAttributeName($0.name.description) }
    }
}

extension LDAPEntry {
    fileprivate func shows(_ new: NewUser) -> Bool {
        self[.accountName].first?.string.map(NameKey.init) == NameKey(new.accountName)
            && new.attributes.allSatisfy(shows)
    }

    fileprivate func shows(_ update: UserUpdate) -> Bool {
        let hasExpiry = update.expiry.map { expiry in
            self[.accountExpires].first?.string.flatMap(AccountExpiry.init(accountExpires:)) == expiry.new
        }
        return hasExpiry != false && update.replacements.allSatisfy(shows)
    }

    private func shows(_ replacement: AttributeReplacement) -> Bool {
        guard let name = LDAPAttributeName(replacement.name.description) else { return false }
        return AttributeValues(self[name].map(AttributeValue.init)) == replacement.new
    }
}
