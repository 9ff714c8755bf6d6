import CLDAP

/// Turns messages of one search into entries.
///
/// Reading thousands of entries, it keeps the names of the last one: servers return the same attributes in the same
/// order for most entries, and a name seen before needs no new string.
struct EntryDecoder {
    private var names: [LDAPAttributeName] = []

    /// The entry in a search result message (RFC 4511 section 4.5.2); nil when the message is malformed.
    mutating func decode(_ message: borrowing LDAPMessage, of handle: LDAPHandle) -> LDAPEntry? {
        var element: OpaquePointer?
        var name = berval()
        guard ldap_get_dn_ber(handle.pointer, message.pointer, &element, &name) == LDAP_SUCCESS else { return nil }
        // The element only points into the message; what it points to is not its own to free.
        defer { ber_free(element, 0) }
        let rawDN = String(decoding: Self.octets(name), as: UTF8.self)

        var attributes: [LDAPAttribute] = []
        attributes.reserveCapacity(names.count)
        while true {
            var type = berval()
            var values: UnsafeMutablePointer<berval>?
            guard ldap_get_attribute_ber(handle.pointer, message.pointer, element, &type, &values) == LDAP_SUCCESS
            else { return nil }
            guard type.bv_val != nil else { break }
            defer { ber_memfree(values) }
            attributes.append(
                LDAPAttribute(attributeName(Self.octets(type), at: attributes.count), Self.values(values))
            )
        }
        return LDAPEntry(rawDN: rawDN, attributes: attributes)
    }

    private mutating func attributeName(_ octets: UnsafeBufferPointer<UInt8>, at index: Int) -> LDAPAttributeName {
        if index < names.count, names[index].description.utf8.elementsEqual(octets) { return names[index] }
        let name = LDAPAttributeName(trusted: String(decoding: octets, as: UTF8.self))
        if index < names.count {
            names[index] = name
        } else {
            names.append(name)
        }
        return name
    }

    private static func values(_ list: UnsafeMutablePointer<berval>?) -> [LDAPValue] {
        var count = 0
        while let list, list[count].bv_val != nil { count += 1 }
        return UnsafeBufferPointer(start: list, count: count).map { LDAPValue(copying: octets($0)) }
    }

    private static func octets(_ value: berval) -> UnsafeBufferPointer<UInt8> {
        let raw = UnsafeRawBufferPointer(start: value.bv_val, count: Int(value.bv_len))
        return raw.bindMemory(to: UInt8.self)
    }
}
