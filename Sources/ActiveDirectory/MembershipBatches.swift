import Directory
import LDAP

/// Joins and leaves, gathered by group: one request adds hundreds of members.
struct MembershipBatches: Sendable {
    private enum Direction: Hashable { case join, leave }

    private struct Key: Hashable {
        let group: DirectoryGroupReference
        let direction: Direction
    }

    private var order: [Key] = []
    private var members: [Key: [(index: Int, user: UserReference)]] = [:]

    mutating func add(_ user: UserReference, to group: DirectoryGroupReference, for index: Int) {
        append(user, Key(group: group, direction: .join), index)
    }

    mutating func remove(_ user: UserReference, from group: DirectoryGroupReference, for index: Int) {
        append(user, Key(group: group, direction: .leave), index)
    }

    private mutating func append(_ user: UserReference, _ key: Key, _ index: Int) {
        if members[key] == nil { order.append(key) }
        members[key, default: []].append((index, user))
    }

    /// Leaves before joins, each group in pieces that the server takes in one transaction.
    var batches: [MembershipBatch] {
        let ordered = order.filter { $0.direction == .leave } + order.filter { $0.direction == .join }
        return ordered.flatMap { key -> [MembershipBatch] in
            let all = members[key] ?? []
            return all.batches(of: MembershipBatch.limit).map {
                MembershipBatch(group: key.group, isJoin: key.direction == .join, members: Array($0))
            }
        }
    }
}

/// Some members that one request adds to, or removes from, one group; all of them or none.
struct MembershipBatch: Sendable {
    /// Windows takes about 5000 values in one transaction, Samba slows down earlier (ad-facts, section 6).
    static let limit = 500

    let group: DirectoryGroupReference
    let isJoin: Bool
    let members: [(index: Int, user: UserReference)]

    var request: LDAPWriteRequest {
        let values = members.map(\.user.memberValue)
        return .modify(group.objectName, [isJoin ? .add(.member, values) : .delete(.member, values)])
    }

    var halves: [MembershipBatch] {
        let middle = members.count / 2
        return [members[..<middle], members[middle...]].map {
            MembershipBatch(group: group, isJoin: isJoin, members: Array($0))
        }
    }
}

extension UserReference {
    /// How a member value names the user: by GUID where there is one, since a rename in the same run changes the name.
    var memberValue: LDAPValue {
        LDAPValue(objectName.description)
    }
}
