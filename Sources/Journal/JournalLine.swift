import Directory

/// One line of a journal: a JSON object whose key `line` says which.
enum JournalLine: Sendable {
    case run(RunHeader)
    /// Another file was imported in the same run.
    case file(ImportedFile, at: String)
    /// Another domain controller answers from here on.
    case server(String, at: String)
    case intention(RecordedIntention)
    case answer(RecordedAnswer)
    case end(RunEnd)

    private enum Word: String, Codable { case run, file, server, intention, answer, end }

    private enum CodingKeys: String, CodingKey { case line, at, server }
}

extension JournalLine: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Word.self, forKey: .line) {
        case .run: self = .run(try RunHeader(from: decoder))
        case .file: self = .file(try ImportedFile(from: decoder), at: try container.decode(String.self, forKey: .at))
        case .server:
            self = .server(
                try container.decode(String.self, forKey: .server), at: try container.decode(String.self, forKey: .at))
        case .intention: self = .intention(try RecordedIntention(from: decoder))
        case .answer: self = .answer(try RecordedAnswer(from: decoder))
        case .end: self = .end(try RunEnd(from: decoder))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .run(let header):
            try container.encode(Word.run, forKey: .line)
            try header.encode(to: encoder)
        case .file(let file, let time):
            try container.encode(Word.file, forKey: .line)
            try container.encode(time, forKey: .at)
            try file.encode(to: encoder)
        case .server(let server, let time):
            try container.encode(Word.server, forKey: .line)
            try container.encode(server, forKey: .server)
            try container.encode(time, forKey: .at)
        case .intention(let intention):
            try container.encode(Word.intention, forKey: .line)
            try intention.encode(to: encoder)
        case .answer(let answer):
            try container.encode(Word.answer, forKey: .line)
            try answer.encode(to: encoder)
        case .end(let end):
            try container.encode(Word.end, forKey: .line)
            try end.encode(to: encoder)
        }
    }
}

extension Timestamp {
    /// As journals have it: ISO 8601 in UTC, with `Z`.
    var journalText: String { iso8601(.withZone) }
}
