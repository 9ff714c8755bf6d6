import JSONShapes

/// A key that may be absent: its name, how its value is read, what holds without it, and its documentation.
struct Key<Value: Sendable>: Sendable {
    let name: String
    let format: ValueFormat<Value>
    let defaultValue: Value
    /// The default as the help shows it.
    let defaultText: String
    let summary: String
    let example: String

    init(
        _ name: String, _ format: ValueFormat<Value>, default defaultValue: Value, shownAs defaultText: String,
        _ summary: String, example: String
    ) {
        self.name = name
        self.format = format
        self.defaultValue = defaultValue
        self.defaultText = defaultText
        self.summary = summary
        self.example = example
    }

    var field: JSONField {
        JSONField(
            name, kind: format.name, defaultText: defaultText, summary, example: example, shape: format.shape)
    }
}

/// A key that must be there.
struct RequiredKey<Value: Sendable>: Sendable {
    let name: String
    let format: ValueFormat<Value>
    let summary: String
    let example: String

    init(_ name: String, _ format: ValueFormat<Value>, _ summary: String, example: String) {
        self.name = name
        self.format = format
        self.summary = summary
        self.example = example
    }

    var field: JSONField {
        JSONField(name, kind: format.name, isRequired: true, summary, example: example, shape: format.shape)
    }
}
