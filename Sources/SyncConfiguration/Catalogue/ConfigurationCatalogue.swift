/// The keys of one command's configuration, in the order the help shows them.
///
/// It cannot drift from what is read: it is the list of keys the reading code asks for.
public struct ConfigurationCatalogue: Sendable {
    public let keys: [ConfigurationKey]

    init<Object: ConfigurationObject>(of type: Object.Type) {
        keys = ObjectReader.keys(of: type)
    }

    private init(keys: [ConfigurationKey]) { self.keys = keys }

    /// Those of the keys that are called so, such as `tls.ca_file`, in the order of this catalogue.
    public func only(_ names: Set<String>) -> ConfigurationCatalogue {
        ConfigurationCatalogue(keys: keys.filter { names.contains($0.name) })
    }

    /// The keys of `export-config.json`.
    public static let export = ConfigurationCatalogue(of: ExportConfiguration.self)

    /// The keys of `import-config.json`.
    public static let `import` = ConfigurationCatalogue(of: ImportConfiguration.self)
}
