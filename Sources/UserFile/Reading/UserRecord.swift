import Directory
import DistinguishedNames

/// One sound record, before the source domain is known: it may stand behind `users` in the file.
struct UserRecord {
    let position: Int
    let accountName: String
    let commonName: String
    let isDisabled: Bool
    let expiry: AccountExpiry
    let groups: [DistinguishedName]
    let guid: GUID?
    let attributes: AttributeRow

    func user(domain: GUID?) -> SourceUser {
        let anchor = domain.flatMap { domain in guid.map { Anchor(domain: domain, user: $0) } }
        return SourceUser(
            position: position, accountName: accountName, commonName: commonName, isDisabled: isDisabled,
            expiry: expiry, groups: groups, anchor: anchor, attributes: attributes)
    }
}
