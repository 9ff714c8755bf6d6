import Directory
import DistinguishedNames
import SyncPlan

/// How much less one export found than the one before it.
///
/// A directory does not say what it hides: who may not read a unit is told that nobody is in it. What looks like people
/// leaving may be a right that is gone, so what is large is announced.
struct Shrinkage: Sendable {
    /// Beyond the limit, a sentence each.
    let alarms: [String]
    /// Within it, and yet a unit or a group that is suddenly empty.
    let remarks: [String]

    init(from before: ExportTotals, to now: ExportTotals, limit: SyncPlan.ChangeLimit) {
        var losses: [Loss] = []
        // Who was disabled there is disabled here too: that he is gone for good takes nothing from anybody.
        losses.append(Loss(what: "the file", unit: "active users", before: before.active, now: now.active))
        // Who left one unit may be in another.
        let missing = before.active - now.active
        losses += Self.pairs(before.units, now.units, absentMeansNone: true).map { name, before, now in
            Loss(what: Self.unitName(name), unit: "users", before: before, now: now, atMost: missing)
        }
        losses += Self.pairs(before.members, now.members, absentMeansNone: false).map { name, before, now in
            Loss(what: name, unit: "members", before: before, now: now)
        }
        alarms = losses.filter { limit.isExceeded(by: $0.count, of: $0.before) }.map(\.sentence)
        remarks = losses.filter { $0.isEmptied && !limit.isExceeded(by: $0.count, of: $0.before) }
            .map(\.sentence)
    }

    private struct Loss {
        let what: String
        let unit: String
        let before: Int
        let now: Int
        /// What of it counts as lost.
        var atMost = Int.max

        var count: Int { min(before - now, atMost) }
        /// One alone may simply have left.
        var isEmptied: Bool { now == 0 && count > 1 }

        var sentence: String {
            "\(what) has \(now) \(unit), \(before - now) fewer than in the last export".printable
        }
    }

    private static func unitName(_ name: String) -> String { name == "." ? "user_path itself" : "the unit \(name)" }

    /// - Parameter absentMeansNone: a unit is counted where it has users; a group as long as it is configured.
    private static func pairs(
        _ before: [ExportTotals.Count], _ now: [ExportTotals.Count], absentMeansNone: Bool
    ) -> [(name: String, before: Int, now: Int)] {
        let counts = Dictionary(now.map { (NameKey($0.name), $0.count) }, uniquingKeysWith: +)
        return before.compactMap { entry in
            let count = counts[NameKey(entry.name)]
            return count == nil && !absentMeansNone ? nil : (entry.name, entry.count, count ?? 0)
        }
    }
}
