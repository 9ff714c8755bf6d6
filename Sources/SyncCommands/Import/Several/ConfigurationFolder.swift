import FoundationEssentials
import Glibc

/// A folder of import configurations, one for each source.
struct ConfigurationFolder: Sendable {
    let path: String

    /// The paths of all that is called `*.json`, in the order of their names, octet by octet. As for a shell, what begins
    /// with a dot does not count.
    ///
    /// - Throws: ``CommandFailure`` with status 78 when there is no such folder, or nothing in it.
    func files() throws(CommandFailure) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw CommandFailure(
                .badConfiguration, "--config-folder: \(path) cannot be read: \(SystemError(code: errno))")
        }
        let found = names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard !found.isEmpty else {
            throw CommandFailure(
                .badConfiguration,
                "--config-folder: there is no configuration file (*.json) in \(path)")
        }
        return found.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }
}
