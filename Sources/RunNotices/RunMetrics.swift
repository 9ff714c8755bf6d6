import Directory

/// One run in the text format of Prometheus (version 0.0.4), for the `textfile` collector of its node exporter.
///
/// A run that fails tells what it knows. What only a report says (users, pending, the file's time) stays as the last report
/// had it, as does the time of the last success: they are taken from the text of the run before.
public struct RunMetrics: Sendable {
    private var samples: [Metric: [Sample]] = [:]
    private let labels: String

    private struct Sample: Sendable {
        let labels: String
        let value: String
    }

    /// - Parameter previous: the text of the run before; what is not understood in it counts as not there.
    public init(of notice: RunNotice, after previous: String?) {
        labels = Self.labels([("command", notice.command), ("configuration", notice.configuration)])
        let before = previous.map { KnownSamples(in: $0) }
        set(.lastRun, "\(notice.ended.unixSeconds)")
        set(.duration, "\(notice.elapsedSeconds)")
        set(.status, "\(notice.status)")
        // 0 where there never was one: an alert on its age is about that, too.
        set(
            .lastSuccess,
            notice.events.contains(.success)
                ? "\(notice.ended.unixSeconds)" : before?.value(.lastSuccess, labels) ?? "0")
        let totals = notice.report?.totals
        set(.users, totals.map { "\($0.users)" } ?? before?.value(.users, labels))
        set(.fileWritten, totals?.fileWritten.map { "\($0.unixSeconds)" } ?? before?.value(.fileWritten, labels))
        set(.failures, "\(totals?.failures ?? 0)")
        guard notice.command == "import" else { return }
        set(.pending, totals.map { "\($0.pending)" } ?? before?.value(.pending, labels))
        samples[.changes] = totals?.changes.map { change in
            Sample(
                labels: Self.labels([
                    ("command", notice.command), ("configuration", notice.configuration), ("action", change.action),
                ]), value: "\(change.count)")
        }
    }

    private mutating func set(_ metric: Metric, _ value: String?) {
        guard let value else { return }
        samples[metric] = [Sample(labels: labels, value: value)]
    }

    public var text: String {
        Metric.allCases.flatMap { metric -> [String] in
            guard let samples = samples[metric], !samples.isEmpty else { return [] }
            return ["# HELP \(metric.rawValue) \(metric.help)", "# TYPE \(metric.rawValue) gauge"]
                + samples.map { "\(metric.rawValue)\($0.labels) \($0.value)" }
        }.joined(separator: "\n") + "\n"
    }

    private static func labels(_ pairs: [(String, String)]) -> String {
        "{" + pairs.map { "\($0.0)=\"\($0.1.escapedForLabel)\"" }.joined(separator: ",") + "}"
    }

    /// What the text of an earlier run holds.
    private struct KnownSamples {
        private let values: [Substring: Substring]

        init(in text: String) {
            let pairs = text.split(separator: "\n").compactMap { line -> (Substring, Substring)? in
                guard line.first != "#", let space = line.lastIndex(of: " ") else { return nil }
                return (line[..<space], line[line.index(after: space)...])
            }
            values = Dictionary(pairs) { $1 }
        }

        /// Nil for what is no whole number of seconds or things.
        func value(_ metric: Metric, _ labels: String) -> String? {
            values["\(metric.rawValue)\(labels)"].flatMap { Int64($0) }.flatMap { $0 >= 0 ? "\($0)" : nil }
        }
    }
}

extension String {
    fileprivate var escapedForLabel: String {
        var result = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
