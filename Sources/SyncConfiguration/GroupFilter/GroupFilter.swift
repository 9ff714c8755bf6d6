public import DistinguishedNames
import StrictJSON

/// The contents of a `group_filter_file`: the groups to search, one in each line, where a list in JSON would be too long to
/// keep by hand. See ``GroupFilterLine``.
public struct GroupFilter: Hashable, Sendable {
    /// Relative to `group_path`, in the order of the file, each once.
    public let groups: [DistinguishedName]

    /// - Parameters:
    ///   - contents: UTF-8, with or without a byte order mark; lines end as on Unix or on Windows.
    ///   - file: The path, for messages.
    ///   - groupPath: What the names are relative to.
    /// - Throws: ``ConfigurationError`` with every line that is wrong. A file without any group is an error, too: it would
    ///   take everybody out of every group at the target, and is more likely cut short than meant.
    public init(contents: [UInt8], file: String, groupPath: DistinguishedName) throws(ConfigurationError) {
        let text: String
        do throws(ConfigurationProblem) {
            text = String(decoding: try ConfigurationText.decode(contents).bytes, as: UTF8.self)
        } catch {
            throw ConfigurationError(file: file, problems: [error])
        }
        var groups: [DistinguishedName] = []
        var problems: [ConfigurationProblem] = []
        // Not by Character: to Swift, CR and LF together are one.
        for (index, line) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            do throws(GroupFilterLineError) {
                if let group = try Self.group(in: String(line), below: groupPath) { groups.append(group) }
            } catch {
                let position = SourcePosition(line: index + 1, column: 1)
                let fault = ConfigurationProblem.Fault.unexpected(
                    given: "\"\(error.given)\"", expected: error.expected)
                problems.append(ConfigurationProblem(position: position, fault: fault))
            }
        }
        if groups.isEmpty, problems.isEmpty {
            problems.append(ConfigurationProblem(fault: .missing(expected: Self.groupExpectation)))
        }
        guard problems.isEmpty else { throw ConfigurationError(file: file, problems: problems) }
        self.groups = groups.withoutRepetition
    }

    private static let groupExpectation =
        "a group in a line of its own, such as CN=Operators; who wants no memberships leaves group_filter_file out"

    private static func group(
        in line: String, below base: DistinguishedName
    ) throws(GroupFilterLineError) -> DistinguishedName? {
        guard case .group(let name, _) = try GroupFilterLine(parsing: line) else { return nil }
        guard name.dnsDomain != nil else { return name }
        let relative = name.relative(to: base).map { ": \(GroupFilterLine.group($0).text())" } ?? ", without DC parts"
        throw GroupFilterLineError(given: name.description, expected: "a name relative to group_path\(relative)")
    }
}
