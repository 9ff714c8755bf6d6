import Directory
import Dispatch
import Foundation
import SyncPlan
import SyncTestSupport
import Testing

@testable import Approvals

@Suite("Two write the resolutions file at once")
struct MergingTests {
    private let waiting = entry("aaaa000001", .enable, "Jane", accept: nil)
    private let rejected = entry("aaaa000002", .join, "Jane", accept: false)
    private let grant = entry("aaaa000003", .grant, "Jane", accept: true)

    private func changed(_ entry: Resolution, _ accept: Bool?) -> Resolution {
        var copy = entry
        copy.accept = accept
        copy.timestamp = Fixture.time("2026-11-20T10:00:00")
        return copy
    }

    @Test("Nobody wrote: what the run leaves is left")
    func alone() {
        #expect([rejected].merged(with: [waiting, rejected], since: [waiting, rejected]) == [rejected])
    }

    @Test("An answer given meanwhile takes the place of its question")
    func answered() {
        let base = [waiting, grant]
        let yes = changed(waiting, true)
        #expect(base.merged(with: [yes, grant], since: base) == [yes, grant])
    }

    @Test("So does one that stands beside the question, and one without an id")
    func byHand() {
        let base = [waiting, grant]
        let yes = changed(waiting, true)
        #expect(base.merged(with: [waiting, grant, yes], since: base) == [yes, grant])
        var handmade = yes
        handmade.id = nil
        #expect(base.merged(with: [waiting, grant, handmade], since: base) == [handmade, grant])
    }

    @Test("An answer to something that the run has done or dropped is kept for the next one")
    func toWhatIsGone() {
        let yes = changed(waiting, true)
        #expect([grant].merged(with: [yes, grant], since: [waiting, grant]) == [grant, yes])
    }

    @Test("An answer that was taken back meanwhile is not put in again")
    func takenBack() {
        let base = [rejected, grant]
        let again = changed(rejected, nil)
        #expect(base.merged(with: [again], since: base) == [again])
    }

    @Test("Taken back after the run performed it: performed it is, and nothing waits")
    func performed() {
        let accepted = changed(waiting, true)
        #expect([grant].merged(with: [waiting, grant], since: [accepted, grant]) == [grant])
    }

    @Test("What the run could not do and was taken back meanwhile waits")
    func failed() {
        let accepted = changed(waiting, true)
        #expect([accepted].merged(with: [waiting], since: [accepted]) == [waiting])
    }

    @Test("A question that somebody deletes while the run asks it is asked")
    func deletedQuestion() {
        #expect([waiting].merged(with: [], since: [waiting]) == [waiting])
    }

    @Test("A password prepared meanwhile stays with its question")
    func prepared() {
        var prepared = waiting
        prepared.password = Secret("Geheim-1")
        #expect([waiting].merged(with: [prepared], since: [waiting]) == [prepared])
    }

    @Test("Many read, change and write the file at once: nobody's change is lost, and the file is private")
    func crowd() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "crowd-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = ResolutionsFile(path: folder.appending(path: "resolutions.json").path)
        try file.write((0..<40).map { entry("crowd0000\($0)", .enable, "Person \($0)", accept: nil) })
        let read = try file.read()
        DispatchQueue.concurrentPerform(iterations: 40) { number in
            do {
                try file.update { try $0.deciding([(read[number], .reject)], at: Fixture.now) }
            } catch {
                Issue.record("\(error)")
            }
        }
        #expect(try file.read().map(\.accept) == Array(repeating: false, count: 40))
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let path = folder.appending(path: name).path
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("A change that is refused leaves the file alone")
    func refused() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "refused-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = ResolutionsFile(path: folder.appending(path: "resolutions.json").path)
        try file.write([waiting])
        #expect(throws: AnsweringError.self) {
            try file.update { try $0.deciding([(rejected, .reset)], at: Fixture.now) }
        }
        #expect(try file.read() == [waiting])
    }
}
