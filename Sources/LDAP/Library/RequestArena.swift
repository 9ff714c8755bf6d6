import CLDAP
import Glibc

/// The memory of one request in libldap's form: C strings, values, modifications and controls that point at each other.
///
/// libldap copies what it needs while it encodes, so the arena lives as long as the call. All of it is wiped at the end:
/// a value may be a password.
final class RequestArena {
    private var blocks: [UnsafeMutableRawBufferPointer] = []

    deinit {
        for block in blocks {
            if let start = block.baseAddress { explicit_bzero(start, block.count) }
            block.deallocate()
        }
    }

    /// A NUL-terminated copy.
    func string(_ text: String) -> UnsafeMutablePointer<CChar> {
        let characters = allocate(CChar.self, count: text.utf8.count + 1)
        for (index, byte) in text.utf8.enumerated() { characters[index] = CChar(bitPattern: byte) }
        characters[text.utf8.count] = 0
        return characters
    }

    func octets(_ source: UnsafeBufferPointer<UInt8>) -> berval {
        let copy = allocate(CChar.self, count: source.count)
        for (index, octet) in source.enumerated() { copy[index] = CChar(bitPattern: octet) }
        return berval(bv_len: ber_len_t(source.count), bv_val: copy)
    }

    /// A NULL-terminated list of names; nil for an empty one, which asks for all.
    func names(_ names: [LDAPAttributeName]) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        names.isEmpty ? nil : list(names.map { string($0.description) })
    }

    /// A NULL-terminated list of controls; nil for none.
    func controls(
        _ controls: [LDAPControl]
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<ldapcontrol>?>? {
        guard !controls.isEmpty else { return nil }
        return list(
            controls.map { control in
                let pointer = allocate(ldapcontrol.self, count: 1)
                pointer.initialize(
                    to: ldapcontrol(
                        ldctl_oid: string(control.identifier),
                        ldctl_value: control.value.map { $0.withUnsafeBufferPointer(octets) } ?? berval(),
                        ldctl_iscritical: control.isCritical ? 1 : 0
                    )
                )
                return pointer
            }
        )
    }

    func modifications(_ changes: [LDAPModification]) -> UnsafeMutablePointer<UnsafeMutablePointer<ldapmod>?> {
        list(changes.map { modification($0.operation.rawValue, $0.attribute) })
    }

    /// The attributes of a new object.
    func attributes(_ attributes: [LDAPAttribute]) -> UnsafeMutablePointer<UnsafeMutablePointer<ldapmod>?> {
        list(attributes.map { modification(LDAP_MOD_ADD, $0) })
    }

    private func modification(_ operation: Int32, _ attribute: LDAPAttribute) -> UnsafeMutablePointer<ldapmod> {
        let values = attribute.values.map { value in
            let pointer = allocate(berval.self, count: 1)
            pointer.initialize(to: value.withOctets(octets))
            return pointer
        }
        var modification = ldapmod()
        modification.mod_op = operation | LDAP_MOD_BVALUES
        modification.mod_type = string(attribute.name.description)
        // No list at all, rather than an empty one, is how "the whole attribute" is said.
        modification.mod_vals.modv_bvals = values.isEmpty ? nil : list(values)
        let pointer = allocate(ldapmod.self, count: 1)
        pointer.initialize(to: modification)
        return pointer
    }

    private func list<Element>(
        _ elements: [UnsafeMutablePointer<Element>]
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<Element>?> {
        let pointers = allocate(UnsafeMutablePointer<Element>?.self, count: elements.count + 1)
        for (index, element) in elements.enumerated() { (pointers + index).initialize(to: element) }
        (pointers + elements.count).initialize(to: nil)
        return pointers
    }

    private func allocate<Element>(_: Element.Type, count: Int) -> UnsafeMutablePointer<Element> {
        let pointer = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
        blocks.append(UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: pointer, count: max(count, 1))))
        return pointer
    }
}
