import Directory
import SyncRun
import SyncTestSupport

@testable import Journal

extension RunHeader {
    static func sample(_ id: String, _ command: String) -> RunHeader {
        RunHeader(
            run: id, command: command, started: "2026-11-20T08:15:00Z", version: "0.1.0",
            who: Who(uid: 0, user: "root", loginUser: nil, host: "plant", account: "svc@target.test"),
            file: ImportedFile(
                path: "users.json", sha256: "00", timestamp: nil, sequence: 7, exportID: nil, source: "source.test",
                sourceGUID: nil),
            target: Target(
                domain: "target.test", domainGUID: "g", container: "OU=Managed", containerGUID: "c", server: "dc"))
    }
}

extension RecordedIntention {
    /// The same with another approval: who compares has none at hand.
    func approved(_ approval: Approval?) -> RecordedIntention {
        RecordedIntention(
            number: number, at: at, verb: verb, stage: stage, person: person, account: account, group: group,
            changes: changes, reason: reason, approval: approval, password: password)
    }
}
