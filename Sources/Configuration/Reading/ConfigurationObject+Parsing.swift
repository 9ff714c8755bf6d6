extension ConfigurationObject {
    /// Reads a whole file.
    ///
    /// - Throws: ``ConfigurationError`` with every problem; a fault of encoding or syntax stands alone, since nothing
    ///   after it can be read.
    static func parse(_ contents: [UInt8], from source: ConfigurationSource) throws(ConfigurationError) -> Self {
        var findings = Findings(source: source)
        let root: JSONNode
        do throws(ConfigurationProblem) {
            root = try document(contents)
        } catch {
            throw ConfigurationError(file: source.file, problems: [error])
        }
        RepeatedKeys.report(in: root, at: .root, to: &findings)
        let configuration = ValueFormat<Self>.object(Self.self).read(root, .root, &findings)
        guard let configuration, findings.problems.isEmpty else {
            throw ConfigurationError(file: source.file, problems: findings.problems)
        }
        return configuration
    }

    private static func document(_ contents: [UInt8]) throws(ConfigurationProblem) -> JSONNode {
        let text = try ConfigurationText.decode(contents)
        do throws(JSONSyntaxError) {
            return try JSONParser.parse(text)
        } catch {
            throw ConfigurationProblem(position: error.position, fault: .unreadable(error.reason))
        }
    }
}
