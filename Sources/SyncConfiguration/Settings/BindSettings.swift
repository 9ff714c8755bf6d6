public import Directory
import StrictJSON

/// How the tool authenticates to the directory.
public enum BindSettings: Hashable, Sendable {
    /// A simple bind (RFC 4513 §5.1.3), which never happens over an unencrypted connection.
    ///
    /// - Parameters:
    ///   - user: A user principal name, `DOMAIN\user` or a distinguished name. Active Directory takes no bare name.
    ///   - password: The configured password; nil when only the environment has it.
    case simple(user: String, password: BindPassword?)
}

/// Where the configuration has the password of the bind.
public enum BindPassword: Hashable, Sendable {
    /// The path of a file that holds nothing else.
    case file(String)
    /// The password itself, in the configuration file.
    case inline(Secret)
}

extension BindSettings: ConfigurationObject {
    init?(reading reader: inout ObjectReader) {
        reader.read(Self.methodKey)
        let user = reader.read(Self.userKey)
        let file = reader.read(Self.passwordFileKey)
        let inline = reader.read(Self.passwordKey)
        if file != nil, inline != nil {
            reader.contradiction(
                at: Self.passwordKey.name,
                "give either password_file or password, not both: one of them would silently not count"
            )
        }
        guard let user else { return nil }
        self = .simple(user: user, password: file.map(BindPassword.file) ?? inline.map(BindPassword.inline))
    }

    private static let methodKey = Key(
        "method", .bindMethod, default: (), shownAs: #""simple""#,
        "How to authenticate: with a user and a password.",
        example: #""simple""#
    )
    private static let userKey = RequiredKey(
        "user", .bindUser,
        """
        The account to bind as: a user principal name, DOMAIN\\user (in JSON with two backslashes) or a distinguished \
        name.
        """,
        example: #""svc-sync@example.test""#
    )
    private static let passwordFileKey = Key<String?>(
        "password_file", .nullable(.path), default: nil, shownAs: "none",
        """
        File that holds the password and nothing else; one line end after it does not count. The environment variable \
        AD_USER_SYNC_BIND_PASSWORD has precedence.
        """,
        example: #""secrets/bind-password""#
    )
    private static let passwordKey = Key<Secret?>(
        "password", .nullable(.secret), default: nil, shownAs: "none",
        """
        The password itself, where a file of its own is not possible. The configuration file must then be readable by \
        its owner only.
        """,
        example: #""correct horse battery staple""#
    )
}

extension ValueFormat<Void> {
    /// The one method there is, so nothing is left to know of it.
    fileprivate static let bindMethod = ValueFormat(#""simple""#) { node, location, findings in
        switch node.value {
        case .string("simple"): return ()
        case .string("gssapi"):
            findings.reject(node, at: location, expected: #""simple"; Kerberos is not supported in this version"#)
        default:
            findings.reject(node, at: location, expected: #""simple""#)
        }
        return nil
    }
}

extension ValueFormat<String> {
    fileprivate static let bindUser = ValueFormat.text.refined("account") { user, node, location, findings in
        // A bare account name is refused by the server with the same words as a wrong password.
        if user.contains(where: { "@\\=".contains($0) }) { return user }
        findings.reject(node, at: location, expected: #"user@domain, "DOMAIN\\user" or a distinguished name"#)
        return nil
    }
}
