import Directory
import FoundationEssentials

extension RunNotice: Encodable {
    private enum CodingKeys: String, CodingKey {
        case command, configuration, host, version, started, events, status, error, report, text
        case elapsedSeconds = "elapsed_seconds"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(command, forKey: .command)
        try container.encode(configuration, forKey: .configuration)
        try container.encode(host, forKey: .host)
        try container.encode(version, forKey: .version)
        try container.encode(started.roundedDownToSecond.iso8601(.withZone), forKey: .started)
        try container.encode(elapsedSeconds, forKey: .elapsedSeconds)
        try container.encode(events, forKey: .events)
        try container.encode(status, forKey: .status)
        try container.encode(headline, forKey: .text)
        try container.encodeIfPresent(error, forKey: .error)
        if let document = report?.document {
            try document.encode(to: container.superEncoder(forKey: .report))
        }
    }

    /// One document, keys sorted.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }

    /// As a hook wants it.
    public func rendered(_ format: Hook.Format) throws -> String {
        switch format {
        case .json: try json()
        case .text: text
        case .mail(let envelope): MailMessage(of: self, envelope).text
        }
    }
}

extension Hook.Format {
    /// For the header of a request.
    public var mediaType: String {
        switch self {
        case .json: "application/json"
        case .text: "text/plain; charset=utf-8"
        case .mail: "message/rfc822"
        }
    }
}
