/// A slice of an attribute's values: `member;range=1500-2999`, or `member;range=3000-*` for the last one
/// ([MS-ADTS] 3.1.1.3.1.3.3). Active Directory slices attributes of more than 1500 values (MaxValRange) unasked.
struct AttributeRange: Equatable {
    /// The attribute without the option.
    let attribute: String
    /// The index of the first value.
    let lower: Int
    /// The index of the last value; nil when no value is left after this slice.
    let upper: Int?

    init(attribute: String, lower: Int, upper: Int?) {
        self.attribute = attribute
        self.lower = lower
        self.upper = upper
    }

    /// Nil for a name without a well-formed range option.
    init?(_ name: LDAPAttributeName) {
        let text = name.description
        // Nearly every name ends here.
        guard text.utf8.contains(UInt8(ascii: ";")) else { return nil }
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard let option = parts.dropFirst().firstIndex(where: { $0.lowercased().hasPrefix("range=") }) else {
            return nil
        }
        let bounds = parts[option].dropFirst("range=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2, let lower = Int(bounds[0]), lower >= 0 else { return nil }
        if bounds[1] == "*" {
            upper = nil
        } else {
            guard let last = Int(bounds[1]), last >= lower else { return nil }
            upper = last
        }
        self.lower = lower
        attribute = (parts[..<option] + parts[(option + 1)...]).joined(separator: ";")
    }

    /// The name to ask for.
    var name: LDAPAttributeName {
        LDAPAttributeName(trusted: "\(attribute);range=\(lower)-\(upper.map { String($0) } ?? "*")")
    }

    /// The slice to ask for after this one; nil when this was the last.
    func next(step: Int?) -> AttributeRange? {
        guard let upper else { return nil }
        return AttributeRange(attribute: attribute, lower: upper + 1, upper: step.map { upper + max($0, 1) })
    }

    /// The attributes a search asks for, with ranges where the request wants slices.
    static func requested(by request: LDAPSearchRequest) -> [LDAPAttributeName] {
        guard let step = request.rangeStep else { return request.attributes }
        return request.attributes.map { name in
            guard request.rangedAttributes.contains(name) else { return name }
            return AttributeRange(attribute: name.description, lower: 0, upper: max(step, 1) - 1).name
        }
    }
}
