import Directory
import StrictJSON

/// Reads what stands beside `users`. A key that is `null` counts as lacking.
struct HeaderReader {
    private var timestamp: Timestamp?
    private var format: Int?
    private var exportID: String?
    private var sequence: Int?
    private var source: SourceDescription?
    private var completeness: Completeness?
    /// False when there is a source that cannot be read: its fault is told, nothing that follows from it is.
    private(set) var sourceIsSound = true

    var header: UserFileHeader {
        UserFileHeader(
            timestamp: timestamp, format: format, exportID: exportID, sequence: sequence, source: source,
            completeness: completeness)
    }

    mutating func read(_ key: UserFileKey.Header, _ node: JSONNode, faults: inout UserFileFaults) {
        if case .null = node.value { return }
        do throws(FieldProblem) {
            switch key {
            case .timestamp: timestamp = try Field.timestamp(node)
            case .format: format = try Self.format(node)
            case .exportID: exportID = try Field.name(node)
            case .sequence: sequence = try Field.count(node)
            case .source: source = try Self.source(node)
            case .completeness: completeness = try CompletenessReader.completeness(node)
            }
        } catch {
            if key == .source { sourceIsSound = false }
            let field = ([key.rawValue] + error.path).joined(separator: ".")
            faults.add(UserFileFault(.header, field: field, error.problem))
        }
    }

    private static func format(_ node: JSONNode) throws(FieldProblem) -> Int {
        let format = try Field.count(node)
        guard format <= UserFileHeader.currentFormat else {
            throw FieldProblem(
                "format \(format) comes from a newer version; this one knows up to \(UserFileHeader.currentFormat). "
                    + "Update ad-user-sync here")
        }
        return format
    }

    private static func source(_ node: JSONNode) throws(FieldProblem) -> SourceDescription {
        let members = try Field.object(node)
        return SourceDescription(
            domain: try members.required(UserFileKey.Source.domain.rawValue, Field.name),
            domainGUID: try members.required(UserFileKey.Source.domainGUID.rawValue, Field.guid),
            server: try members.required(UserFileKey.Source.server.rawValue, Field.name))
    }
}

extension [JSONMember] {
    /// The same for a key that may be missing, or `null`.
    func optional<Value>(
        _ key: String, _ read: (JSONNode) throws(FieldProblem) -> Value
    ) throws(FieldProblem) -> Value? {
        guard let member = self[key] else { return nil }
        if case .null = member.value.value { return nil }
        return try required(key, read)
    }

    /// The value of `key`, as `read` takes it; a fault when it is missing.
    func required<Value>(
        _ key: String, _ read: (JSONNode) throws(FieldProblem) -> Value
    ) throws(FieldProblem) -> Value {
        guard let member = self[key] else { throw FieldProblem("the key is missing").inside(key) }
        do throws(FieldProblem) {
            return try read(member.value)
        } catch {
            throw error.inside(key)
        }
    }
}
