public import Directory
import DistinguishedNames

extension AttributeName {
    static let commonName: AttributeName = "cn"
    static let disabled: AttributeName = "disabled"
    static let accountExpires: AttributeName = "accountExpires"
    static let memberOf: AttributeName = "memberOf"
    static let objectGUID: AttributeName = "objectGUID"

    /// What every record has beside the exported attributes, or may have.
    static let recordKeys: Set<AttributeName> = [
        .accountName, .commonName, .disabled, .accountExpires, .memberOf, .objectGUID,
    ]
}

extension SourceUser {
    /// The texts under a name as the file writes them, the keys of the record included; none for binary values.
    func texts(of name: AttributeName) -> [String] {
        switch name {
        case .accountName: [accountName]
        case .commonName: [commonName]
        case .disabled: [isDisabled ? "TRUE" : "FALSE"]
        case .accountExpires:
            if case .at(let time) = expiry { [time.iso8601(.withoutZone)] } else { [] }
        case .memberOf: groups.map(\.description)
        case .objectGUID: anchor.map { [$0.user.description] } ?? []
        default: attributes[name]?.all.compactMap(\.text) ?? []
        }
    }
}

extension SourcePopulation {
    /// Every name that ``RecordFilter`` and templates may use: the keys of a record, and the attributes that some record
    /// carries, with a value or without.
    public var attributeNames: Set<AttributeName> {
        var names = AttributeName.recordKeys
        // Records of one file have the same names, nearly always: they are looked at once.
        var last: [AttributeName] = []
        for user in users where user.attributes.names != last {
            last = user.attributes.names
            names.formUnion(last)
        }
        return names
    }
}
