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
        let contradiction = Self.contradiction(of: claim, users: users) ?? Self.contradiction(of: claim, in: header)
        self = contradiction.map(Self.contradicted) ?? .consistent
    }

    /// What does not fit together first; nil when all does.
    private static func contradiction(of claim: Completeness, users: [SourceUser]) -> String? {
        guard claim.users == users.count else {
            return "the file says that it holds \(claim.users) users, and holds \(users.count)"
        }
        // The records do not tell their units, but all together they are all of them.
        if let units = claim.units, case let sum = units.reduce(0, { $0.saturatingSum($1.count) }), sum != users.count {
            return "the units of the file have \(sum) users between them, and it holds \(users.count)"
        }
        var counts: [DistinguishedName: Int] = [:]
        for user in users {
            for group in user.groups { counts[group, default: 0] += 1 }
        }
        for member in claim.members {
            let count = counts.removeValue(forKey: member.group) ?? 0
            guard count == member.count else {
                return
                    "the file states \(member.count) for the members of \(Excerpt(member.group.description)), and names \(count)"
            }
        }
        return counts.keys.min().map {
            "the file names \(Excerpt($0.description)) without saying how many members it has"
        }
    }

    /// What does not fit to the rest of the header.
    private static func contradiction(of claim: Completeness, in header: UserFileHeader) -> String? {
        if claim.pages == 0 { return "the file says that it was read in no page at all" }
        if let server = claim.server, let source = header.source, !server.isIdenticalText(to: source.server) {
            return "the file says that \(Excerpt(server)) was read, and comes from \(Excerpt(source.server))"
        }
        guard let previous = claim.previous else { return nil }
        if let sequence = header.sequence, previous.sequence >= sequence {
            return "the export before has the sequence \(previous.sequence), and this one \(sequence)"
        }
        if let exportID = header.exportID, previous.exportID.isIdenticalText(to: exportID) {
            return "the export before has the id of this one"
        }
        guard previous.disabled <= previous.users else {
            return "the export before has \(previous.users) users, and more of them disabled"
        }
        return nil
    }
}

extension Int {
    /// The numbers of a hostile file add up to anything.
    fileprivate func saturatingSum(_ other: Int) -> Int {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }
}
