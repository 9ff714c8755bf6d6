/// The keys of an entry of the resolutions file, each spelled once; what they mean, ``field`` tells.
enum ResolutionKey: String, CodingKey, CaseIterable {
    case type
    case id
    case user
    case accountName = "sAMAccountName"
    case reason
    case warnings
    case anchor
    case accept
    case timestamp
    case group
    case name
    case newName = "new_name"
    case takeOver = "take_over_account"
    case holder
    case password
    case keepPassword = "keep_password"
    case members

    /// Those of one of ``members``.
    static let ofMember: [ResolutionKey] = [.user, .anchor, .group]
}
