/// The keys of the user file's JSON, each spelled once. Attributes go by their LDAP names.
enum UserFileKey {
    static let timestamp = "timestamp"
    static let format = "format"
    static let exportID = "export_id"
    static let sequence = "sequence"
    static let source = "source"
    static let completeness = "completeness"
    static let users = "users"

    enum Source {
        static let domain = "domain"
        static let domainGUID = "domain_guid"
        static let server = "server"
    }

    enum Completeness {
        static let users = "users"
        static let members = "members"
        static let highestCommittedUSN = "highest_committed_usn"
    }

    enum Record {
        static let accountName = "sAMAccountName"
        static let commonName = "cn"
        static let disabled = "disabled"
        static let accountExpires = "accountExpires"
        static let memberOf = "memberOf"
        static let anchor = "objectGUID"

        /// In the order they are written.
        static let required = [accountName, commonName, disabled, accountExpires, memberOf]
    }

    /// The only key of the object that stands for a binary value.
    static let base64 = "base64"
}
