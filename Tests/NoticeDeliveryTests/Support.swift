import Directory
import Foundation
import InMemoryLogging
import LabSupport
import Logging
import NoticeDelivery
import RunNotices
import Synchronization
import Testing

/// That an import ended so.
func notice(status: Int32 = 0, host: String = "plant.test") -> RunNotice {
    RunNotice(
        command: "import", configuration: "/etc/import-config.json", host: host, version: "1.0",
        started: Timestamp(unixSeconds: 1_795_162_500), elapsed: .seconds(2), status: status, error: nil,
        report: RunNotice.Report(
            document: ["created": ["Conan O'Brien", "魏 伟"]], text: "users.json imported\n",
            totals: RunTotals(users: 2, fileWritten: nil)))
}

/// A delivery that does not wait between two attempts, and what it logs.
struct Delivery {
    let children = RunningChildren()
    private let log = InMemoryLogHandler()
    /// How long it would have waited.
    private let pauses = Pauses()

    final class Pauses: Sendable {
        private let all = Mutex<[Duration]>([])

        func note(_ pause: Duration) { all.withLock { $0.append(pause) } }
        var noted: [Duration] { all.withLock { $0 } }
    }

    var noted: [Duration] { pauses.noted }

    /// The warnings; one for each hook that was not told.
    @discardableResult
    func tell(
        _ notice: RunNotice, _ hooks: Hook..., grace: Duration = .milliseconds(200), isInHurry: Bool = false
    ) async -> [String] {
        let handler = log
        var logger = Logger(label: "test") { _ in handler }
        logger.logLevel = .debug
        let delivery = NoticeDelivery(
            children: children, logger: logger, grace: grace, isInHurry: { isInHurry }, pause: { pauses.note($0) })
        await delivery.deliver(notice, to: hooks)
        return warnings
    }

    var warnings: [String] { log.entries.filter { $0.level == .warning }.map { "\($0.message)" } }
    /// All that was logged.
    var everything: String { log.entries.map { "\($0.message)" }.joined(separator: "\n") }
}

extension Hook {
    static func command(
        _ words: [String], format: Format = .json, timeout: Duration = .seconds(20)
    ) -> Hook {
        Hook(events: Set(RunEvent.allCases), way: .command(words), format: format, timeout: timeout)
    }

    static func shell(_ script: String, timeout: Duration = .seconds(20)) -> Hook {
        command(["/bin/sh", "-c", script], timeout: timeout)
    }

    static func post(
        _ address: String, retries: Int = 2, headersFile: String? = nil, caFile: String? = nil,
        format: Format = .json, timeout: Duration = .seconds(20)
    ) throws -> Hook {
        Hook(
            events: Set(RunEvent.allCases),
            way: .post(
                Post(address: try WebAddress(address), headersFile: headersFile, caFile: caFile, retries: retries)),
            format: format, timeout: timeout)
    }
}
