import ActiveDirectory
import Directory
import DistinguishedNames
import SyncConfiguration

/// The groups a configuration names: there or not, and spelled how.
struct GroupCheck: Sendable {
    /// The key that names them.
    let key: String
    /// The base they are relative to; the key `group_path`.
    let base: DistinguishedName
    let names: [DistinguishedName]

    /// - Returns: those that are there.
    func perform(_ domain: ActiveDirectoryDomain, _ sheet: inout CheckSheet) async throws -> [DirectoryGroup] {
        guard try await domain.access(to: base) != nil else {
            sheet.fault("group_path", "\(base) does not exist, or may not be read", .badConfiguration)
            return []
        }
        let found = try await domain.groups(names.map { $0.under(base) })
        var groups: [DirectoryGroup] = []
        var spelledOtherwise: [String] = []
        for (name, group) in zip(names, found) {
            guard let group else { continue }
            groups.append(group)
            let spelling = group.name.relative(to: base) ?? group.name
            if !"\(spelling)".isIdenticalText(to: "\(name)") {
                spelledOtherwise.append("\(name) is spelled \(spelling)")
            }
        }
        let missing = zip(names, found).filter { $0.1 == nil }.map(\.0)
        if !groups.isEmpty {
            sheet.ok(key, "\(counted(groups.count, "group")) found")
        }
        for sentence in spelledOtherwise { sheet.note(key, "\(sentence); that counts as the same") }
        if !missing.isEmpty {
            let others = try await domain.groupList(below: base).compactMap { $0.name.relative(to: base) }
            for name in missing {
                sheet.fault(
                    key, "\(name) is not below \(base), or may not be read\(hint(for: name, others))", .badConfiguration
                )
            }
        }
        return groups
    }

    private func hint(for name: DistinguishedName, _ others: [DistinguishedName]) -> String {
        guard let nearest = NearestName(to: "\(name)", among: others.map { "\($0)" }), nearest.isClose else {
            return ""
        }
        return "; there is \(nearest.name)"
    }
}
