/// The keys of the user file's JSON, each spelled once. Attributes go by their LDAP names.
enum UserFileKey {
    static let users = "users"

    /// The only key of the object that stands for a binary value.
    static let base64 = "base64"

    /// What stands beside `users`, in the order it is written.
    enum Header: String, CaseIterable {
        case timestamp
        case format
        case exportID = "export_id"
        case sequence
        case source
        case completeness
    }

    enum Source: String, CaseIterable {
        case domain
        case domainGUID = "domain_guid"
        case server
    }

    enum Completeness: String, CaseIterable {
        case users
        case units
        case members
        case pages
        case server
        case highestCommittedUSN = "highest_committed_usn"
        case previous
    }

    enum Previous: String, CaseIterable {
        case exportID = "export_id"
        case sequence
        case timestamp
        case users
        case disabled
    }

    /// What a record has beside the configured attributes, in the order it is written.
    enum Record: String, CaseIterable {
        case accountName = "sAMAccountName"
        case commonName = "cn"
        case disabled
        case accountExpires
        case memberOf
        case anchor = "objectGUID"

        /// UserSync 1.0 knows no anchors.
        var isRequired: Bool { self != .anchor }
    }
}
