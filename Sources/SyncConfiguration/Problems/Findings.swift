import StrictJSON

/// Where a configuration comes from.
struct ConfigurationSource: Sendable {
    /// The path as the caller gave it.
    let file: String
    /// The mode bits of the file, nil when unknown.
    let permissions: UInt32?

    var isAccessibleToOthers: Bool { permissions.map { $0 & 0o077 != 0 } ?? false }

    /// `name` in the folder of the configuration file.
    func path(beside name: String) -> String {
        guard let slash = file.lastIndex(of: "/") else { return name }
        return file[...slash] + name
    }
}

/// What was found while a file was read. Reading goes on after a problem, so that all are reported.
struct Findings: Sendable {
    let source: ConfigurationSource
    private let positions: SourcePositions
    private(set) var problems: [ConfigurationProblem] = []
    private(set) var warnings: [ConfigurationWarning] = []

    /// - Parameter text: What the offsets count in.
    init(source: ConfigurationSource, text: UTF8Text) {
        self.source = source
        positions = SourcePositions(text)
    }

    /// - Parameter offset: Of the value or key at fault; nil for what is absent.
    mutating func add(_ fault: ConfigurationProblem.Fault, at location: KeyLocation, offset: Int?) {
        problems.append(ConfigurationProblem(key: location, position: offset.map(positions.position), fault: fault))
    }

    func line(of offset: Int) -> Int { positions.position(at: offset).line }

    /// The value is shown in the message.
    mutating func reject(_ node: JSONNode, at location: KeyLocation, expected: String) {
        reject(node, at: location, given: node.summary, expected: expected)
    }

    /// Nothing of the value is shown: it is a secret, or may contain one.
    mutating func rejectSecret(_ node: JSONNode, at location: KeyLocation, expected: String) {
        reject(node, at: location, given: nil, expected: expected)
    }

    mutating func warn(_ location: KeyLocation, _ severity: ConfigurationWarning.Severity, _ message: String) {
        warnings.append(ConfigurationWarning(severity: severity, key: location.description, message: message))
    }

    private mutating func reject(_ node: JSONNode, at location: KeyLocation, given: String?, expected: String) {
        add(.unexpected(given: given, expected: expected), at: location, offset: node.offset)
    }
}
