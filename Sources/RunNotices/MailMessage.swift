import Directory

/// A notice as a complete message (RFC 5322), for a program like `sendmail -t -i`; lines end with a line feed, as those
/// programs want it.
///
/// What comes from outside stands in one header only, the subject, and there without anything that could end a line.
struct MailMessage {
    private let headers: [(name: String, value: String)]
    private let body: String

    init(of notice: RunNotice, _ envelope: MailEnvelope) {
        var headers = [
            ("Date", notice.ended.mailDate), ("To", envelope.to.map(\.description).joined(separator: ",\n ")),
            ("Subject", EncodedWords.text(for: notice.headline)),
            ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            // So that nobody's absence notice answers (RFC 3834 section 5).
            ("Auto-Submitted", "auto-generated"),
        ]
        if let from = envelope.from { headers.insert(("From", from.description), at: 0) }
        self.headers = headers
        body = notice.text
    }

    var text: String {
        headers.map { "\($0.name): \($0.value)\n" }.joined() + "\n"
            + body.split(separator: "\n", omittingEmptySubsequences: false).map { Self.folded($0) }.joined(
                separator: "\n")
    }

    /// No line of a mail has more than 998 octets (RFC 5322 section 2.1.1).
    private static let longestLine = 900

    private static func folded(_ line: Substring) -> String {
        guard line.utf8.count > longestLine else { return String(line) }
        var pieces: [String] = [""]
        var length = 0
        for scalar in line.unicodeScalars {
            let size = String(scalar).utf8.count
            if length + size > longestLine {
                pieces.append("")
                length = 0
            }
            pieces[pieces.count - 1].unicodeScalars.append(scalar)
            length += size
        }
        return pieces.joined(separator: "\n")
    }
}

extension Timestamp {
    /// `Fri, 20 Nov 2026 08:15:00 +0000` (RFC 5322 section 3.3).
    var mailDate: String {
        let text = roundedDownToSecond.iso8601(.withZone)
        let parts = text.split { !$0.isNumber }.map(String.init)
        guard parts.count >= 6, let month = Int(parts[1]), Self.months.indices.contains(month - 1) else { return text }
        // The first day of Unix time was a Thursday.
        let days = Int((Double(unixSeconds) / 86_400).rounded(.down))
        let weekday = Self.weekdays[((days + 4) % 7 + 7) % 7]
        return "\(weekday), \(parts[2]) \(Self.months[month - 1]) \(parts[0]) "
            + "\(parts[3]):\(parts[4]):\(parts[5]) +0000"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
