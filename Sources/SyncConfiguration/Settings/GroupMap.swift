public import DistinguishedNames
import JSONShapes
import StrictJSON

/// Which groups of the target domain a managed user belongs to. All names are relative.
public struct GroupMap: Hashable, Sendable {
    /// For every managed user: the key `*`.
    public let everybody: [DistinguishedName]
    /// For members of a source group.
    public let bySourceGroup: [DistinguishedName: [DistinguishedName]]

    /// Every group on a right side, each once, sorted: the mapped groups.
    public var mappedGroups: [DistinguishedName] {
        (everybody + bySourceGroup.values.flatMap(\.self)).withoutRepetition.sorted()
    }

    static let empty = GroupMap(everybody: [], bySourceGroup: [:])
}

extension ValueFormat<GroupMap> {
    /// An object whose keys are source groups or `*`, and whose values are groups relative to the base.
    static func groupMap(groupPath: DistinguishedName?, baseKey: String) -> ValueFormat {
        let targets = ValueFormat<[DistinguishedName]>.oneOrMore(
            "relative distinguished name or a list of them",
            of: .relativeName(to: groupPath, baseKey: baseKey)
        )
        let source = ValueFormat<DistinguishedName>.relativeName(to: nil, baseKey: "the source's group_path")
        return ValueFormat("object of relative distinguished names", .map(of: targets.shape)) {
            node, location, findings in
            guard case .object(let members) = node.value else {
                findings.reject(node, at: location, expected: #"an object such as {"CN=Operators": "CN=p-All"}"#)
                return nil
            }
            var everybody: [DistinguishedName] = []
            var bySourceGroup: [DistinguishedName: [DistinguishedName]] = [:]
            for member in members {
                let place = location.appending(member.key)
                let groups = targets.read(member.value, place, &findings) ?? []
                if member.key == "*" {
                    everybody = groups.withoutRepetition
                } else {
                    let key = JSONNode(.string(member.key), at: member.keyOffset)
                    guard let group = source.read(key, place, &findings) else { continue }
                    // Two spellings of one group are one group.
                    bySourceGroup[group] = ((bySourceGroup[group] ?? []) + groups).withoutRepetition
                }
            }
            return GroupMap(everybody: everybody, bySourceGroup: bySourceGroup)
        }
    }
}
