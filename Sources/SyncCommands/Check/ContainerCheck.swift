import Directory
import SyncConfiguration

/// Whether the managed container is the one that earlier imports filled.
enum ContainerCheck {
    /// Adds what an import refuses; nothing where it is well, or was never imported into.
    static func isTheOneFilled(
        _ container: Container, _ configuration: ImportConfiguration, _ sheet: inout CheckSheet
    ) {
        do {
            try KnownContainers(in: configuration.stateFolder).refuseReplacement(by: container)
        } catch {
            sheet.fault("managed_user_path", error)
        }
    }
}
