import Directory
import DistinguishedNames

extension CompletenessVerdict {
    /// Compares what the header claims with what the file holds.
    init(header: UserFileHeader, users: [SourceUser]) {
        guard let claim = header.completeness else {
            self =
                (header.format ?? 1) < 2
                ? .absent : .contradicted(reason: "a file of format 2 must say how many users it holds, and does not")
            return
        }
        self = Self.contradiction(of: claim, users: users).map(Self.contradicted) ?? .consistent
    }

    /// What does not fit together first; nil when all does.
    private static func contradiction(of claim: Completeness, users: [SourceUser]) -> String? {
        guard claim.users == users.count else {
            return "the file says that it holds \(claim.users) users, and holds \(users.count)"
        }
        var counts: [DistinguishedName: Int] = [:]
        for user in users {
            for group in user.groups { counts[group, default: 0] += 1 }
        }
        for member in claim.members {
            let count = counts.removeValue(forKey: member.group) ?? 0
            guard count == member.count else {
                return
                    "the file claims \(member.count) members of \(Excerpt(member.group.description)), and names \(count)"
            }
        }
        return counts.keys.min().map {
            "the file names \(Excerpt($0.description)) without saying how many members it has"
        }
    }
}
