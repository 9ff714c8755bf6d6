import Directory
import DistinguishedNames
import UserFile

/// What is remembered between exports.
struct ExportState: Codable, Sendable, Equatable {
    static let fileName = "export-state.json"

    /// Of the last file written, or begun.
    var sequence: Int
    /// Of the last file written; nil before the first.
    var last: ExportTotals?
}

/// What one export counted.
struct ExportTotals: Codable, Sendable, Equatable {
    /// A list, not a dictionary: two names may differ in nothing but NFC and NFD.
    struct Count: Codable, Sendable, Equatable {
        let name: String
        let count: Int
    }

    let exportID: String
    let sequence: Int
    /// ISO 8601, UTC.
    let timestamp: String
    let users: Int
    let disabled: Int
    /// Users by unit, as ``UserFile/Completeness/units`` has them.
    let units: [Count]
    /// Active users by group.
    let members: [Count]

    var active: Int { users - disabled }

    enum CodingKeys: String, CodingKey {
        case sequence, timestamp, users, disabled, units, members
        case exportID = "export_id"
    }

    init(of export: Export) {
        let header = export.header
        exportID = header.exportID ?? ""
        sequence = header.sequence ?? 0
        timestamp = header.timestamp?.iso8601(.withZone) ?? ""
        users = export.users
        disabled = export.disabled
        units = (header.completeness?.units ?? []).map { Count(name: $0.unit, count: $0.count) }
        members = export.activeMembers.map { Count(name: $0.group.description, count: $0.count) }
    }
}

extension Completeness.Previous {
    /// Nil for totals that do not tell when they were counted.
    init?(_ totals: ExportTotals) {
        guard let time = Timestamp(iso8601: totals.timestamp) else { return nil }
        self.init(
            exportID: totals.exportID, sequence: totals.sequence, timestamp: time, users: totals.users,
            disabled: totals.disabled)
    }
}
