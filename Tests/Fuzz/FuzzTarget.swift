/// A reader of something that others wrote.
enum FuzzTarget: String, CaseIterable {
    case userFile = "user-file"
    case json
    case resolutions
    case configuration
    case distinguishedName = "distinguished-name"
    case securityDescriptor = "security-descriptor"
    case journal
    case displayedName = "displayed-name"

    func execute(_ bytes: [UInt8]) {
        switch self {
        case .userFile: UserFileProperties.check(bytes)
        case .json: JSONProperties.check(bytes)
        case .resolutions: ResolutionsProperties.check(bytes)
        case .configuration: ConfigurationProperties.check(bytes)
        case .distinguishedName: DistinguishedNameProperties.check(bytes)
        case .securityDescriptor: SecurityDescriptorProperties.check(bytes)
        case .journal: JournalProperties.check(bytes)
        case .displayedName: DisplayedNameProperties.check(bytes)
        }
    }
}
