@testable import Journal

enum JournalProperties {
    static func check(_ bytes: [UInt8]) {
        guard let run = try? RecordedRun(id: "20261120T081500Z-096fabbd", bytes: bytes) else { return }
        _ = run.counts
        var lines = run.header.map { [JournalLine.run($0)] } ?? []
        for step in run.steps {
            lines.append(.intention(step.intention))
            if let answer = step.answer { lines.append(.answer(answer)) }
        }
        if let end = run.end { lines.append(.end(end)) }
        guard let written = try? JournalFile.bytes(of: lines) else { violated("cannot be written") }
        guard written.count(where: { $0 == 0x0A }) == lines.count else { violated("a value begins a line of its own") }
        guard let again = try? RecordedRun(id: run.id, bytes: written) else { violated("cannot be read again") }
        guard again.unreadable.isEmpty, again.header == run.header, again.end == run.end,
            again.steps.map(\.intention) == run.steps.map(\.intention)
        else { violated("the run reads back as another") }
    }
}
