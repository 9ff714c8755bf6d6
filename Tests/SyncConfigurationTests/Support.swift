import SyncConfiguration
import Testing

/// A valid configuration as JSON text, of which single keys are replaced, added or taken away.
struct Sample {
    private(set) var members: [(key: String, value: String)]

    static let export = Sample(members: connection)
        .with("user_path", #""OU=People,DC=source,DC=test""#)
        .with("group_path", #""OU=Groups,DC=source,DC=test""#)

    static let `import` = Sample(members: connection)
        .with("input_file", #""users.json""#)
        .with("managed_user_path", #""OU=Managed,DC=target,DC=test""#)
        .with("group_path", #""OU=Groups,DC=target,DC=test""#)

    private static let connection = [
        (key: "server", value: #""ldaps://dc1.source.test""#),
        (key: "bind", value: #"{"user": "svc-sync@source.test"}"#),
    ]

    /// The sample with `value`, as JSON, under `key`; without the key when the value is nil.
    func with(_ key: String, _ value: String?) -> Sample {
        var sample = self
        sample.members.removeAll { $0.key == key }
        if let value { sample.members.append((key, value)) }
        return sample
    }

    /// One key in each line, the first in line 2.
    var text: String {
        "{\n" + members.map { "  \($0.key.quoted): \($0.value)" }.joined(separator: ",\n") + "\n}\n"
    }
}

extension String {
    fileprivate var quoted: String { "\"\(self)\"" }
}

func exportConfiguration(
    _ text: String, file: String = "export-config.json", permissions: UInt32? = 0o600
) throws(ConfigurationError) -> ExportConfiguration {
    try ExportConfiguration(contents: Array(text.utf8), file: file, permissions: permissions)
}

func importConfiguration(
    _ text: String, file: String = "import-config.json", permissions: UInt32? = 0o600
) throws(ConfigurationError) -> ImportConfiguration {
    try ImportConfiguration(contents: Array(text.utf8), file: file, permissions: permissions)
}

/// The problems of an export configuration, one line each.
func exportProblems(_ text: String) -> [String] {
    do throws(ConfigurationError) {
        _ = try exportConfiguration(text)
        return []
    } catch {
        return error.problems.map(\.description)
    }
}

/// The problems of an import configuration, one line each.
func importProblems(_ text: String) -> [String] {
    do throws(ConfigurationError) {
        _ = try importConfiguration(text)
        return []
    } catch {
        return error.problems.map(\.description)
    }
}
