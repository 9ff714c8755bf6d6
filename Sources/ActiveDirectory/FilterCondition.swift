public import Directory
public import LDAP

/// A condition on users as Active Directory takes it.
public struct FilterCondition: UserCondition {
    public let filter: LDAPFilter

    public init(_ filter: LDAPFilter) { self.filter = filter }
}

extension UserQuery {
    /// What a user of this query must fulfil, all of it.
    var filters: [LDAPFilter] {
        get throws(DirectoryFailure) {
            var filters = people
            for condition in conditions {
                guard let condition = condition as? FilterCondition else {
                    throw DirectoryFailure(
                        kind: .unsafe, message: "\(type(of: condition)) is no condition for this server")
                }
                filters.append(condition.filter)
            }
            return filters
        }
    }

    /// Accounts of people, `inetOrgPerson` included; no contacts, no computers.
    ///
    /// A class that somebody derived may have a category of its own; there the type of the account, SAM_NORMAL_USER_ACCOUNT
    /// ([MS-ADTS] 2.2.8), says that it is one.
    private var people: [LDAPFilter] {
        if objectClasses == [Self.anyPerson] {
            return LDAPFilter.people
        }
        return [
            .equal(.accountType, "805306368"), .or(objectClasses.map { .equal(.objectClass, LDAPValue($0)) }),
        ]
    }
}

extension LDAPFilter {
    /// `objectCategory` is indexed, and `objectClass` alone would let computers in.
    static let people: [LDAPFilter] = [.equal("objectCategory", "person"), .equal(.objectClass, "user")]
}
