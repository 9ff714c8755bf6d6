public import LDAP

/// How the connection to the directory is encrypted, and how the server proves itself.
public struct TLSSettings: Hashable, Sendable {
    /// A PEM file of certificate authorities that are trusted instead of the system's; nil for the system's.
    public let caFile: String?
    /// Whether `ldap://` connections are raised to TLS before anything else is sent. `ldaps://` ones are TLS already.
    public let startTLS: Bool
    /// The oldest version of the protocol that is spoken.
    public let minimumVersion: LDAP.TLSSettings.Version
    /// Whether the server's certificate and name are verified. When not, every run says so.
    public let verifiesCertificate: Bool

    static let standard = TLSSettings(
        caFile: nil,
        startTLS: false,
        minimumVersion: .tls12,
        verifiesCertificate: true
    )
}

extension TLSSettings: ConfigurationObject {
    init(reading reader: inout ObjectReader) {
        caFile = reader.read(Self.caFileKey)
        startTLS = reader.read(Self.startTLSKey)
        minimumVersion = reader.read(Self.minimumVersionKey)
        verifiesCertificate = reader.read(Self.verifyKey)
        if !verifiesCertificate {
            reader.warn(
                Self.verifyKey.name,
                message: "the server's certificate is not verified: whoever is on the way can read and change "
                    + "everything, passwords included"
            )
        }
    }

    private static let caFileKey = Key<String?>(
        "ca_file", .nullable(.path), default: standard.caFile, shownAs: "the system's authorities",
        """
        PEM file of the certificate authorities that may vouch for the server, usually the domain's own. They replace \
        those of the system.
        """,
        example: #""secrets/ca.pem""#
    )
    static let startTLSKey = Key(
        "start_tls", .boolean, default: standard.startTLS, shownAs: "false",
        """
        Raises ldap:// connections to TLS before anything else is sent. A simple bind needs it there, since a password \
        never crosses an unencrypted connection.
        """,
        example: "true"
    )
    private static let minimumVersionKey = Key(
        "minimum_version", .choice, default: standard.minimumVersion, shownAs: #""1.2""#,
        "The oldest version of TLS that is spoken.",
        example: #""1.3""#
    )
    private static let verifyKey = Key(
        "verify", .boolean, default: standard.verifiesCertificate, shownAs: "true",
        """
        Verifies the server's certificate and host name. False is for tests only: every run will say that the \
        connection is not safe.
        """,
        example: "true"
    )
}
