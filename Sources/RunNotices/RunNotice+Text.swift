import Directory

extension RunNotice {
    /// One line: which run, where, and how it ended.
    public var headline: String {
        let failures = report?.totals.failures ?? 0
        var parts: [String] = []
        for event in events {
            switch event {
            case .success: parts.append("done")
            // Single records, in a run that went to its end.
            case .failure where failures > 0 && status < 64: parts.append("\(failures) failed")
            case .failure: parts.append("failed (status \(status))")
            case .pending: parts.append("\(report?.totals.pending ?? 0) waiting for an answer")
            case .brake: parts.append("held back")
            }
        }
        return "ad-user-sync \(command) on \(host): \(parts.joined(separator: ", "))".printable
    }

    /// Everything there is to say, for people.
    public var text: String {
        let why = error.map { [""] + $0.split(separator: "\n").map { String($0).printable } } ?? []
        let facts = [
            "", "configuration  \(configuration.printable)",
            "started        \(started.roundedDownToSecond.iso8601(.withZone)), took \(elapsedSeconds) s",
            "version        \(version)",
        ]
        let lines = [headline] + why + (report.map { ["", $0.text.droppingLineEnd] } ?? []) + facts
        return lines.joined(separator: "\n") + "\n"
    }
}

extension String {
    fileprivate var droppingLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
