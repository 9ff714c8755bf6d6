import Directory

@testable import SyncConfiguration

enum ConfigurationProperties {
    private static let source = ConfigurationSource(file: "config.json", permissions: 0o600)

    static func check(_ bytes: [UInt8]) {
        read(ExportConfiguration.self, bytes) { _ in }
        read(ImportConfiguration.self, bytes) { configuration in
            // What is written into accounts: a time that can be written.
            let now = Timestamp(unixSeconds: 1_800_000_000)
            let end = configuration.expirationTime.after(now)
            guard end > now, Timestamp(iso8601: end.iso8601(.withZone)) == end else {
                violated("expiration_time leads nowhere: \(end)")
            }
        }
    }

    private static func read<Configuration: ConfigurationObject>(
        _ type: Configuration.Type, _ bytes: [UInt8], _ check: (Configuration) -> Void
    ) {
        do throws(ConfigurationError) {
            check(try Configuration.parse(bytes, from: source))
        } catch {
            Messages.check("\(error)", continuedBy: "  ")
        }
    }
}
