import Directory
import SyncConfiguration
import UserFile

/// What can be said of a configuration without asking anybody.
enum ConfigurationCheck {
    /// - Returns: nil when it cannot be used.
    static func configuration<Configuration>(
        _ file: String, _ sheet: inout CheckSheet, warnings: (Configuration) -> [ConfigurationWarning],
        load: (String) throws -> Configuration
    ) -> Configuration? {
        do {
            let configuration = try load(file)
            sheet.ok(file, "read, no mistakes")
            for warning in warnings(configuration) { sheet.note(file, "\(warning)") }
            return configuration
        } catch {
            sheet.fault(file, error)
            return nil
        }
    }

    /// - Returns: nil without a key, or with one that cannot be used, which is a fault then.
    static func key(
        _ options: KeyOptions?, _ environment: CommandEnvironment, configured: ConfiguredSecret?,
        _ sheet: inout CheckSheet
    ) -> HMACKey? {
        do {
            let key = try KeyOptions.key(options, environment, configured: configured)
            if key == nil {
                sheet.note(
                    "hmac", "there is no key: nobody can tell who wrote a user file. Give both sides the same one")
            } else {
                sheet.ok("hmac", "there is a key")
            }
            return key
        } catch {
            sheet.fault("hmac", error)
            return nil
        }
    }
}
