public import JSONShapes

/// The keys of one command's configuration, in the order the help shows them.
///
/// It cannot drift from what is read: it is the list of keys the reading code asks for.
public struct ConfigurationCatalogue: Sendable {
    /// Those on the top level of the file; what stands in their objects, their shapes tell.
    public let fields: [JSONField]

    /// Every key, those of objects called by the way to them, such as `tls.ca_file`.
    public var keys: [JSONField] { fields.flatMap(\.flattened) }

    /// Those that are called so.
    public func keys(called names: Set<String>) -> [JSONField] { keys.filter { names.contains($0.name) } }

    init<Object: ConfigurationObject>(of type: Object.Type) {
        fields = ObjectReader.fields(of: type)
    }

    /// The keys of `export-config.json`.
    public static let export = ConfigurationCatalogue(of: ExportConfiguration.self)

    /// The keys of `import-config.json`.
    public static let `import` = ConfigurationCatalogue(of: ImportConfiguration.self)
}

extension ConfigurationCatalogue {
    /// What an editor can know of such a file.
    public func schema(title: String) -> JSONSchema {
        JSONSchema(
            title: title, "Relative paths are relative to the working folder; see docs/configuration.md.",
            root: .object(fields))
    }
}
