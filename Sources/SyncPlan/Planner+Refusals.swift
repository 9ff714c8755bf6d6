import Directory
import DistinguishedNames

extension Planner {
    /// One managed container belongs to one source.
    func refuseOtherSource() throws(PlanRefusal) {
        guard policy.anchorAttribute != nil, let file = source.domain else { return }
        var other: GUID?
        for user in target.users {
            guard let domain = user.stamp.anchor?.domain, domain != file else { continue }
            other = min(other ?? domain, domain)
        }
        if let other { throw .otherSource(file: file, container: other) }
    }

    /// Without anchors in the file, people would be told by their names although better is known.
    func refuseUnanchoredFile() throws(PlanRefusal) {
        guard policy.anchorAttribute != nil, !fileCarriesAnchors, !source.users.isEmpty, !policy.acceptsUnanchoredFile
        else { return }
        let anchored = target.users.count { $0.stamp.anchor != nil }
        if anchored > 0 { throw .unanchoredFile(anchored: anchored) }
    }

    /// Accounts found by account name whose `cn` is the record's behind one common prefix were made with that prefix in
    /// the configuration. Going on would rename them all.
    func refuseMissingPrefix(_ subjects: [Subject]) throws(PlanRefusal) {
        var examples: [NameKey: (prefix: String, person: Person, count: Int)] = [:]
        var renamed = 0
        for index in subjects.indices {
            guard case .matched(let user, .accountName) = subjects[index].match else { continue }
            let subject = subjects[index]
            renamed += 1
            let wanted = subject.record.commonName
            guard user.commonName.utf8.count > wanted.utf8.count, user.commonName.hasSuffix(wanted) else { continue }
            let prefix = String(user.commonName.dropLast(wanted.count))
            let person = Person(
                commonName: user.commonName, accountName: user.accountName, anchor: subject.record.anchor)
            let known = examples[NameKey(prefix)]
            // The same example whatever the order of the file.
            let example = known.map { Person.precedes($0.person, person) ? $0.person : person } ?? person
            examples[NameKey(prefix)] = (prefix, example, (known?.count ?? 0) + 1)
        }
        // One alone may be a person who changed name; two of half of them are no chance.
        guard let most = examples.values.max(by: { ($0.count, $0.prefix) < ($1.count, $1.prefix) }),
            most.count >= 2, most.count * 2 >= renamed
        else { return }
        throw .prefixMissing(most.prefix, example: most.person, count: most.count)
    }
}
