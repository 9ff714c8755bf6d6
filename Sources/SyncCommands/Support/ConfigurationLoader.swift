import Directory
import SourceRecords
import SyncConfiguration
import UserFile

/// Reads the configuration files.
enum ConfigurationLoader {
    /// The configuration, with the groups of its `group_filter_file` where it names one.
    static func export(_ path: String) throws -> ExportConfiguration {
        let configuration = try exportBeforeGroupsAreChosen(path)
        guard let file = configuration.groupFilterFile else { return configuration }
        return configuration.searching(
            try GroupFilter(
                contents: try groupFilter(file, of: path), file: file, groupPath: configuration.groupPath))
    }

    /// The same for whoever is about to make the `group_filter_file`: it may not be there yet.
    static func exportBeforeGroupsAreChosen(_ path: String) throws -> ExportConfiguration {
        var configuration = try ExportConfiguration(
            contents: try contents(path), file: path, permissions: FileReading.permissions(path))
        configuration.warnings += warnings(of: configuration.secretFiles)
        return configuration
    }

    static func `import`(_ path: String) throws -> ImportConfiguration {
        var configuration = try ImportConfiguration(
            contents: try contents(path), file: path, permissions: FileReading.permissions(path))
        configuration.warnings += warnings(of: configuration.secretFiles)
        return configuration
    }

    private static func warnings(of files: [SecretFile]) -> [ConfigurationWarning] {
        files.compactMap { file in FileReading.permissions(file.path).flatMap(file.warning(permissions:)) }
    }

    private static func groupFilter(_ path: String, of configuration: String) throws -> [UInt8] {
        do {
            return try FileReading.bytes(path)
        } catch {
            throw CommandFailure(
                .badConfiguration, "\(configuration): group_filter_file: \(path) cannot be read: \(error)")
        }
    }

    private static func contents(_ path: String) throws -> [UInt8] {
        do {
            return try FileReading.bytes(path)
        } catch {
            throw CommandFailure(
                .badConfiguration, "the configuration file \(path) cannot be read: \(error); --config names another")
        }
    }
}

extension ConfigurationCatalogue {
    /// Every key, for `--help`. A little narrower than a terminal, or argument-parser wraps the lines once more.
    var discussion: String {
        """
        The configuration file is JSON. Relative paths in it are relative to the working folder. Its keys:

        \(helpText(width: 76))
        """
    }
}

extension AttributeAllowList {
    /// The standard list with what the configuration adds, never with the attribute the anchors are in.
    static func standard(for configuration: ImportConfiguration?) throws -> AttributeAllowList {
        guard let configuration else { return .standard }
        let added = try AttributeAllowList.standard.adding(configuration.allowedAttributes)
        let list = configuration.anchorAttribute.map(added.reserving) ?? added
        try list.refuseForbiddenTargets(of: configuration.mapping.attributes)
        return list
    }

    /// A map writes what a file could bring, and no more. Two names are every record's own.
    private func refuseForbiddenTargets(of map: AttributeMap) throws {
        let problems = map.targets.filter { $0 != .accountName && $0 != "cn" }.compactMap { target in
            refusal(of: target).map { "attribute_map.\(target): \($0)" }
        }
        guard problems.isEmpty else {
            throw CommandFailure(.badConfiguration, problems.joined(separator: "\n") + "; nothing was written")
        }
    }
}
