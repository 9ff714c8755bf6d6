import CLDAP

/// The libraries this module stands on, for whoever reports a fault.
public enum LDAPLibraries {
    /// A name and a version of each.
    ///
    /// libldap tells its version only after it has begun, with a look-up of this machine's name in the DNS and all of SASL's
    /// mechanisms: it is therefore the version that the program was built with, of the same series as the one it runs with.
    public static var versions: [(name: String, version: String)] {
        [
            (
                "libldap",
                dotted(LDAP_VENDOR_VERSION / 10000, LDAP_VENDOR_VERSION / 100 % 100, LDAP_VENDOR_VERSION % 100)
            ),
            ("libsasl2", saslVersion),
        ]
    }

    private static var saslVersion: String {
        var major: Int32 = 0
        var minor: Int32 = 0
        var step: Int32 = 0
        sasl_version_info(nil, nil, &major, &minor, &step, nil)
        return dotted(major, minor, step)
    }

    private static func dotted(_ parts: Int32...) -> String {
        parts.map(String.init).joined(separator: ".")
    }
}
