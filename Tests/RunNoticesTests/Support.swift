import Directory
import Foundation
import RunNotices

/// The notice of an import that went well, of which single things are different.
func notice(
    _ command: String = "import", status: Int32 = 0, error: String? = nil, host: String = "plant.test",
    configuration: String = "/etc/ad-user-sync/plant/import-config.json", text: String = "users.json imported\n",
    totals: RunTotals? = RunTotals(users: 4, fileWritten: Timestamp(unixSeconds: 1_795_000_000)), minute: Int64 = 0
) -> RunNotice {
    RunNotice(
        command: command, configuration: configuration, host: host, version: "1.0",
        // 2026-11-20T08:15:00Z
        started: Timestamp(unixSeconds: 1_795_162_500 + minute * 60), elapsed: .milliseconds(2345), status: status,
        error: error,
        report: totals.map { RunNotice.Report(document: ["created": ["Conan O'Brien"]], text: text, totals: $0) })
}

/// A message taken apart as a mail program does it.
struct ReceivedMail {
    let headers: [String: String]
    let body: String

    init(_ text: String) {
        let end = text.range(of: "\n\n")
        let unfolded = text[..<(end?.lowerBound ?? text.endIndex)].replacing("\n ", with: " ")
        let pairs = unfolded.split(separator: "\n").map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return (String(line[..<colon]), String(line[colon...].dropFirst(2)))
        }
        headers = Dictionary(pairs) { "\($0) and \($1)" }
        body = end.map { String(text[$0.upperBound...]) } ?? ""
    }

    /// With its encoded words as they were meant.
    var subject: String {
        let words = (headers["Subject"] ?? "").components(separatedBy: " ")
        return words.allSatisfy { $0.hasPrefix("=?UTF-8?B?") }
            ? words.map { word in
                String(decoding: Data(base64Encoded: String(word.dropFirst(10).dropLast(2))) ?? Data(), as: UTF8.self)
            }.joined()
            : words.joined(separator: " ")
    }
}
