import Directory
import DistinguishedNames
import LDAP

extension DirectoryChange {
    /// The one request that makes the change.
    var request: LDAPWriteRequest {
        switch self {
        case .create(let user): .add(user.name, user.ldapAttributes)
        case .update(let user, let update): .modify(user.objectName, update.modifications)
        case .rename(let user, let name): .rename(user.name, to: name)
        case .move(let user, let name):
            if let leaf = name.leaf {
                .rename(user.name, to: leaf, newSuperior: name.parent)
            } else {
                .modify(user.objectName, [])
            }
        case .disable(let user, _): .modify(user.objectName, accountControlExchange)
        case .enable(let user, _, let enabling):
            .modify(user.objectName, enabling.modifications + accountControlExchange)
        case .join(let user, let group): .modify(group.objectName, [.add(.member, [user.memberValue])])
        case .leave(let user, let group): .modify(group.objectName, [.delete(.member, [user.memberValue])])
        }
    }

    /// What to do about a refusal, where the change itself explains it.
    func hint(for error: LDAPError) -> String? {
        switch (self, error.code) {
        case (.disable, .noSuchAttribute), (.enable, .noSuchAttribute):
            "the account was changed by somebody else meanwhile; run it again"
        case (.enable(_, _, let enabling), .unwillingToPerform) where enabling.password == nil:
            "the account may have no password yet: give one"
        default: nil
        }
    }
}

extension NewUser {
    fileprivate var ldapAttributes: [LDAPAttribute] {
        var result: [LDAPAttribute] = [
            LDAPAttribute(.objectClass, "user"),
            LDAPAttribute(.accountName, LDAPValue(accountName)),
            LDAPAttribute(.principalName, LDAPValue(userPrincipalName)),
            LDAPAttribute(.accountControl, LDAPValue(UserAccountControl.newUser.attributeValue)),
            LDAPAttribute(.accountExpires, LDAPValue(expiry.accountExpires)),
        ]
        for attribute in attributes {
            guard let name = LDAPAttributeName(attribute.name.description), !attribute.new.isEmpty else { continue }
            result.append(LDAPAttribute(name, attribute.new.all.map(\.ldapValue)))
        }
        return result
    }
}

extension UserUpdate {
    fileprivate var modifications: [LDAPModification] {
        var result = replacements.compactMap { replacement -> LDAPModification? in
            guard let name = LDAPAttributeName(replacement.name.description) else { return nil }
            let values = replacement.new.all.map(\.ldapValue)
            // What seemed absent is added, not replaced: a value that could not be seen, or came meanwhile, makes the
            // request fail instead of being lost. Above all another person's anchor.
            return replacement.old.isEmpty && !values.isEmpty ? .add(name, values) : .replace(name, values)
        }
        if let expiry { result.append(.replace(.accountExpires, [LDAPValue(expiry.new.accountExpires)])) }
        return result
    }
}

extension Enabling {
    /// Password, "must change" and the opening of the account travel in one request: there is no moment with one but not
    /// the other.
    fileprivate var modifications: [LDAPModification] {
        var result: [LDAPModification] = []
        if let password { result.append(.replace(.unicodePassword, [password.unicodePwd])) }
        if mustChangePassword { result.append(.replace(.passwordLastSet, ["0"])) }
        return result
    }
}

extension DirectoryChange {
    /// Compare and set: the old value is deleted by name, so that a change made by somebody else meanwhile makes the
    /// request fail instead of being overwritten.
    fileprivate var accountControlExchange: [LDAPModification] {
        guard let accountControl else { return [] }
        return [
            .delete(.accountControl, [LDAPValue(accountControl.before.attributeValue)]),
            .add(.accountControl, [LDAPValue(accountControl.after.attributeValue)]),
        ]
    }
}

extension DirectoryGroupReference {
    var objectName: LDAPObjectName { .guid(guid.directoryBytes) }
}
