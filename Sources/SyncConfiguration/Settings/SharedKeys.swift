import Directory
import RunNotices
import StrictJSON

/// Keys that both configurations have on their top level.
enum SharedKeys {
    static let hmac = Key<Secret?>(
        "hmac", .nullable(.hmacKey), default: nil, shownAs: "none",
        """
        The key shared by both sides that proves that a user file is authentic: an even number of hexadecimal digits, at \
        least 32. Make your own with "openssl rand -hex 32". hmac_file keeps it out of this file. --hmac, --hmac-file and the \
        environment variable AD_USER_SYNC_HMAC have precedence, in this order.
        """,
        example: #""00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff""#
    )

    static let hmacFile = Key<String?>(
        "hmac_file", .nullable(.path), default: nil, shownAs: "none",
        "A file that holds that key and nothing else, in the place of hmac.",
        example: #""secrets/hmac-key""#
    )

    /// The key of the HMAC, or where it is.
    static func readHMACKey(_ reader: inout ObjectReader) -> ConfiguredSecret? {
        let inline = reader.read(hmac)
        let file = reader.read(hmacFile)
        if inline != nil, file != nil {
            reader.contradiction(
                at: hmacFile.name, "give either hmac or hmac_file, not both: one of them would silently not count")
        }
        return file.map(ConfiguredSecret.file) ?? inline.map(ConfiguredSecret.inline)
    }

    /// For editors. A file that names its schema is none the wiser for us.
    static let schema = Key<String?>(
        "$schema", .nullable(.text), default: nil, shownAs: "none",
        """
        The JSON Schema of this file, a path or URI: editors that know it complete keys and underline mistakes. The program does \
        not read it. See docs/configuration.md.
        """,
        example: #""schemas/import-config.schema.json""#
    )

    static let hooks = Key<[Hook]>(
        "hooks", .list("list of hooks", of: .object(Hook.self)), default: [], shownAs: "[]",
        """
        Who is told how a run ended: each hook has a command or a url. One that fails is a warning in the log and changes \
        nothing. A dry run calls none. See docs/notices.md.
        """,
        example: #"[{"command": ["/usr/sbin/sendmail", "-t", "-i"], "format": "mail", "to": ["ops@example.test"]}]"#
    )

    static let metricsFile = Key<String?>(
        "metrics_file", .nullable(.path), default: nil, shownAs: "none",
        """
        A file for Prometheus, replaced after each run: when it was, how it ended, how many users, changes and pending \
        actions. Everybody may read it, and no name is in it. One for each configuration.
        """,
        example: #""/var/lib/prometheus/node-exporter/ad-user-sync-plant.prom""#
    )

    private static let defaultStateFolder = ".ad-user-sync"

    private static let stateFolder = Key<String?>(
        "state_folder", .nullable(.path), default: nil,
        shownAs: "\(defaultStateFolder.jsonLiteral) beside the configuration file",
        "Folder for what one run must know of the runs before it. Losing it is announced, never passed over.",
        example: #""/var/lib/ad-user-sync""#
    )

    /// The state folder, which is the one path whose default does not depend on the working folder.
    static func readStateFolder(_ reader: inout ObjectReader) -> String {
        reader.read(stateFolder) ?? reader.findings.source.path(beside: defaultStateFolder)
    }
}
