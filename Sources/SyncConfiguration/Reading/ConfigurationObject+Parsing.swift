import StrictJSON

extension ConfigurationObject {
    /// Reads a whole file.
    ///
    /// - Throws: ``ConfigurationError`` with every problem; a fault of encoding or syntax stands alone, since nothing
    ///   after it can be read.
    static func parse(_ contents: [UInt8], from source: ConfigurationSource) throws(ConfigurationError) -> Self {
        let text: UTF8Text
        let root: JSONNode
        do throws(ConfigurationProblem) {
            text = try ConfigurationText.decode(contents)
            root = try document(text)
        } catch {
            throw ConfigurationError(file: source.file, problems: [error])
        }
        var findings = Findings(source: source, text: text)
        RepeatedKeys.report(in: root, at: .root, to: &findings)
        let configuration = ValueFormat<Self>.object(Self.self).read(root, .root, &findings)
        guard let configuration, findings.problems.isEmpty else {
            throw ConfigurationError(file: source.file, problems: findings.problems)
        }
        return configuration
    }

    private static func document(_ text: UTF8Text) throws(ConfigurationProblem) -> JSONNode {
        do throws(JSONSyntaxError) {
            // Repeated keys are reported beside all other problems.
            return try JSONReader.read(text, limits: JSONLimits(depth: maximumDepth), repeatedKeys: .kept)
        } catch {
            // In the error's own words, which never quote the text: a secret may stand at just that place.
            throw ConfigurationProblem(
                position: text.position(at: error.offset), fault: .unreadable(error.description))
        }
    }

    /// Deeper than any configuration.
    private static var maximumDepth: Int { 32 }
}
