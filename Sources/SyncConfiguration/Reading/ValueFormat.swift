import JSONShapes
import StrictJSON

/// How one kind of value is written in the file and read from it.
struct ValueFormat<Value: Sendable>: Sendable {
    /// The kind in words: "list of distinguished names".
    let name: String
    /// What an editor is told of such values. What is read has this shape.
    let shape: JSONShape
    /// Reads the value at the location. Returns nil after it has reported at least one problem.
    let read: @Sendable (JSONNode, KeyLocation, inout Findings) -> Value?

    init(
        _ name: String, _ shape: JSONShape,
        read: @escaping @Sendable (JSONNode, KeyLocation, inout Findings) -> Value?
    ) {
        self.name = name
        self.shape = shape
        self.read = read
    }

    /// Such a value, or `null`, which means that there is none.
    static func nullable<Wrapped>(_ format: ValueFormat<Wrapped>) -> ValueFormat where Value == Wrapped? {
        ValueFormat(format.name, format.shape.orNull) { node, location, findings in
            if case .null = node.value { return .some(nil) }
            return format.read(node, location, &findings).map(Optional.some)
        }
    }

    /// Such a value, for a key that may be absent; `null` is no value of it.
    static func optional<Wrapped>(_ format: ValueFormat<Wrapped>) -> ValueFormat where Value == Wrapped? {
        ValueFormat(format.name, format.shape) { node, location, findings in
            format.read(node, location, &findings).map(Optional.some)
        }
    }

    /// The same format, reading on from a value that was right so far.
    func refined<Refined>(
        _ name: String? = nil, _ shape: JSONShape? = nil,
        _ refine: @escaping @Sendable (Value, JSONNode, KeyLocation, inout Findings) -> Refined?
    ) -> ValueFormat<Refined> {
        ValueFormat<Refined>(name ?? self.name, shape ?? self.shape) { [read] node, location, findings in
            read(node, location, &findings).flatMap { refine($0, node, location, &findings) }
        }
    }
}

/// An object of the file, or the file itself, that is read key by key.
protocol ConfigurationObject: Sendable {
    /// Asks `reader` for each key, whatever the values: the keys asked for are the catalogue.
    ///
    /// Returns nil when a required value is absent or wrong, which `reader` has noted then.
    init?(reading reader: inout ObjectReader)
}
