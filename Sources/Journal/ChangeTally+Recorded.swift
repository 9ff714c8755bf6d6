import Directory
import SyncRun

extension ChangeTally {
    mutating func count(_ result: RecordedAnswer.Word, of verb: RecordedIntention.Verb, _ identity: Identity?) {
        guard result == .done, let change = Change(rawValue: verb.rawValue) else { return }
        count(change, of: change.needsIdentity ? identity : nil)
    }

    /// As the last line of a journal has it.
    var byVerb: [String: Int] { Dictionary(uniqueKeysWithValues: changes.map { ($0.rawValue, self[$0]) }) }
}

extension RecordedIntention {
    /// Who it is about, where the count has to know; nil elsewhere.
    var countedIdentity: ChangeTally.Identity? {
        guard let change = ChangeTally.Change(rawValue: verb.rawValue), change.needsIdentity else { return nil }
        return ChangeTally.Identity(
            account: account.guid.flatMap { GUID($0) }, anchor: person.anchor.flatMap(Anchor.init(stamp:)),
            commonName: person.commonName, accountName: person.accountName)
    }
}
