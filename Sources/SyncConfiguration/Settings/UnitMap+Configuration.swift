import Directory
import DistinguishedNames
import JSONShapes
import SourceRecords
import StrictJSON

extension UnitMap.Rule: ConfigurationObject {
    init?(reading reader: inout ObjectReader) {
        let filter = reader.read(Self.filterKey)
        guard let unit = reader.read(Self.unitKey) else { return nil }
        self.init(filter: filter, unit: unit)
    }

    private static let filterKey = Key<RecordFilter?>(
        "filter", .optional(.recordFilter), default: nil, shownAs: "everybody whom no rule before is true of",
        "An LDAP filter (RFC 4515) over the record as the user file has it.",
        example: #""(department=Operations)""#
    )
    private static let unitKey = RequiredKey<DistinguishedName>(
        "ou", .placeInContainer,
        #"Relative to managed_user_path, and there already; "." is managed_user_path itself."#,
        example: #""OU=Operations""#
    )
}

extension ValueFormat<DistinguishedName> {
    fileprivate static let placeInContainer = ValueFormat("relative distinguished name", .text()) {
        (node, location, findings) -> DistinguishedName? in
        if case .string(let text) = node.value, text == "." { return DistinguishedName([]) }
        return ValueFormat.relativeName(to: nil, baseKey: ImportKeys.managedUserPath.name).read(
            node, location, &findings)
    }
}
