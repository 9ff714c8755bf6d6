import CLDAP
import DistinguishedNames

/// Each of these sends one request and returns libldap's status; `identifier` is then the request's message id.
extension LDAPHandle {
    func sendBind(user: String, password: LDAPPassword, _ identifier: inout Int32) -> Int32 {
        password.withOctets { octets in
            var credentials = berval(
                bv_len: ber_len_t(octets.count),
                // libldap only reads it; the C signature does not say so.
                bv_val: UnsafeMutableRawPointer(mutating: octets.baseAddress)?.assumingMemoryBound(to: CChar.self)
            )
            return ldap_sasl_bind(pointer, user, nil, &credentials, nil, nil, &identifier)
        }
    }

    /// - Parameter page: size and cookie of the page to ask for; nil for a search that is not paged.
    func sendSearch(
        _ request: LDAPSearchRequest,
        page: (size: Int32, cookie: [UInt8])?,
        _ identifier: inout Int32
    ) -> Int32 {
        let arena = RequestArena()
        var controls = request.controls
        if let page {
            guard let control = pagingControl(page.size, page.cookie) else { return LDAP_ENCODING_ERROR }
            controls.append(control)
        }
        let scope =
            switch request.scope {
            case .base: LDAP_SCOPE_BASE
            case .oneLevel: LDAP_SCOPE_ONELEVEL
            case .subtree: LDAP_SCOPE_SUBTREE
            }
        return withExtendedLifetime(arena) {
            ldap_search_ext(
                pointer,
                request.base.description,
                Int32(scope),
                request.filter.description,
                arena.names(AttributeRange.requested(by: request)),
                0,
                arena.controls(controls),
                nil,
                nil,
                LDAP_NO_LIMIT,
                &identifier
            )
        }
    }

    func sendWrite(_ request: LDAPWriteRequest, _ identifier: inout Int32) -> Int32 {
        let arena = RequestArena()
        return withExtendedLifetime(arena) {
            let controls = arena.controls(request.controls)
            switch request.operation {
            case .add(let name, let attributes):
                return ldap_add_ext(
                    pointer,
                    name.description,
                    arena.attributes(attributes),
                    controls,
                    nil,
                    &identifier
                )
            case .modify(let name, let changes):
                return ldap_modify_ext(
                    pointer,
                    name.description,
                    arena.modifications(changes),
                    controls,
                    nil,
                    &identifier
                )
            case .rename(let name, let newName, let superior):
                let newSuperior = superior.map { arena.string($0.description) }
                return ldap_rename(
                    pointer,
                    name.description,
                    newName.description,
                    newSuperior,
                    1,
                    controls,
                    nil,
                    &identifier
                )
            case .delete(let name):
                return ldap_delete_ext(pointer, name.description, controls, nil, &identifier)
            }
        }
    }

    /// Tells the server to stop working on a request, whose answer will be dropped (RFC 4511 section 4.11).
    func abandon(_ identifier: Int32) {
        ldap_abandon_ext(pointer, identifier, nil, nil)
    }

    /// RFC 2696 section 2. Critical: without pages the server would cut the result off.
    private func pagingControl(_ size: Int32, _ cookie: [UInt8]) -> LDAPControl? {
        var cookie = cookie
        var value = berval()
        let status = cookie.withUnsafeMutableBytes { octets in
            var octets = berval(
                bv_len: ber_len_t(octets.count),
                bv_val: octets.baseAddress?.assumingMemoryBound(to: CChar.self)
            )
            return ldap_create_page_control_value(pointer, size, &octets, &value)
        }
        guard status == LDAP_SUCCESS else { return nil }
        defer { ber_memfree(value.bv_val) }
        let octets = Array(UnsafeRawBufferPointer(start: value.bv_val, count: Int(value.bv_len)))
        return LDAPControl(LDAP_CONTROL_PAGEDRESULTS, isCritical: true, value: octets)
    }
}
