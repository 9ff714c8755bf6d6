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
    private(set) var problems: [ConfigurationProblem] = []
    private(set) var warnings: [ConfigurationWarning] = []

    init(source: ConfigurationSource) { self.source = source }

    mutating func add(_ problem: ConfigurationProblem) { problems.append(problem) }

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
        let fault = ConfigurationProblem.Fault.unexpected(given: given, expected: expected)
        add(ConfigurationProblem(key: location, position: node.position, fault: fault))
    }
}
