extension LDAPConnection {
    /// The entry with all values of the attributes of which only a slice came.
    ///
    /// The slices are read one after the other, so that a change to the attribute in between can show in some and not in
    /// others; who must know compares uSNChanged.
    func complete(_ entry: LDAPEntry, of request: LDAPSearchRequest) async throws -> LDAPEntry {
        var attributes: [LDAPAttribute] = []
        for attribute in entry.attributes {
            if let range = AttributeRange(attribute.name) {
                let values = try await allValues(of: range, beginningWith: attribute.values, of: entry, request)
                attributes.append(LDAPAttribute(LDAPAttributeName(trusted: range.attribute), values))
            } else if !attribute.values.isEmpty {
                // Windows sends the plain attribute too, without values, beside the slice.
                attributes.append(attribute)
            }
        }
        return LDAPEntry(rawDN: entry.rawDN, attributes: attributes)
    }

    private func allValues(
        of firstRange: AttributeRange,
        beginningWith firstValues: [LDAPValue],
        of entry: LDAPEntry,
        _ original: LDAPSearchRequest
    ) async throws -> [LDAPValue] {
        var values = firstValues
        var last = firstRange
        while let range = last.next(step: original.rangeStep) {
            let request = LDAPSearchRequest(
                base: .raw(entry.rawDN),
                scope: .base,
                attributes: [range.name],
                controls: original.controls
            )
            let page = try await onlyPage(of: request)
            let slice = page.entries.first?.attributes.lazy.compactMap { attribute in
                AttributeRange(attribute.name).map { (range: $0, values: attribute.values) }
            }.first { $0.range.attribute == range.attribute && $0.range.lower == range.lower }
            guard let slice, slice.range.upper == nil || !slice.values.isEmpty else {
                throw LDAPError(
                    code: .decodingError,
                    delivery: .answered,
                    operation: LDAPOperation.search(request).description,
                    reason: "the values of \(range.attribute) end after \(values.count) without the mark of the last"
                )
            }
            values += slice.values
            last = slice.range
        }
        return values
    }

    private func onlyPage(of request: LDAPSearchRequest) async throws -> Search.Page {
        let identifier = newSearchIdentifier()
        defer { endSearch(identifier) }
        return try await nextPage(of: identifier, request) ?? Search.Page()
    }
}
