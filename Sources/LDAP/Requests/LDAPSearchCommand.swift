/// A search as a command that can be pasted into a shell (OpenLDAP's `ldapsearch`), for the log.
///
/// It asks for the password (`-W`) instead of holding it, or takes the Kerberos ticket of whoever pastes it, and whatever the names in it are, the shell takes them for
/// text.
struct LDAPSearchCommand: CustomStringConvertible {
    let description: String

    init(
        _ request: LDAPSearchRequest, endpoint: LDAPURI, configuration: LDAPConfiguration,
        identity: LDAPConnection.BoundIdentity?
    ) {
        var words: [String] = []
        let isEncrypted = endpoint.scheme == .ldaps || configuration.startTLS
        if isEncrypted {
            if let caFile = configuration.tls.caFile { words.append("LDAPTLS_CACERT=\(Self.quote(caFile))") }
            if !configuration.tls.verify { words.append("LDAPTLS_REQCERT=never") }
        }
        words += ["ldapsearch", "-LLL", "-o", "ldif-wrap=no"]
        switch identity {
        case .user(let name): words += ["-x", "-D", Self.quote(name), "-W"]
        // -N: by the name that stands here, as we do.
        case .kerberos: words += ["-Y", "GSSAPI", "-Q", "-N"] + (isEncrypted ? ["-O", "maxssf=0"] : [])
        case nil: words.append("-x")
        }
        words += ["-H", Self.quote(endpoint.description)]
        if endpoint.scheme == .ldap && configuration.startTLS { words.append("-ZZ") }
        words += ["-b", Self.quote(request.base.description), "-s", request.scope.rawValue]
        if request.scope != .base { words += ["-E", "pr=\(configuration.pageSize)/noprompt"] }
        for control in request.controls { words += ["-e", Self.quote(Self.extensionArgument(control))] }
        words.append(Self.quote(request.filter.description))
        words += AttributeRange.requested(by: request).map { Self.quote($0.description) }
        description = words.joined(separator: " ")
    }

    /// `[!]oid[=::base64]`, the general form of `-e`.
    private static func extensionArgument(_ control: LDAPControl) -> String {
        let value = control.value.map { "=::\(base64($0))" } ?? ""
        return "\(control.isCritical ? "!" : "")\(control.identifier)\(value)"
    }

    /// Single quotes, inside which a shell sees no special character but the quote itself.
    ///
    /// A control character would break the log line or reach the terminal that shows it; it becomes `$'\x1b'`, which
    /// means the same to bash and is harmless text to other shells.
    static func quote(_ word: String) -> String {
        var result = "'"
        for scalar in word.unicodeScalars {
            switch scalar {
            case "'": result += #"'\''"#
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                result += #"'$'\x"# + CollectionOfOne(UInt8(scalar.value)).hexadecimal + "''"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "'"
    }

    /// RFC 4648 section 4.
    private static func base64(_ octets: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: octets.count, by: 3) {
            let group = octets[start..<min(start + 3, octets.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                result.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 0x3F] : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
