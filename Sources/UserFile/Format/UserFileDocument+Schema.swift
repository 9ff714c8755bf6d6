public import JSONShapes

extension UserFileDocument {
    /// What an editor can know of the JSON of a user file, without the line of the HMAC that may follow it.
    ///
    /// Which attributes a record may bring, the importing side decides; the schema lets all of them pass.
    public static let schema = JSONSchema(
        title: "ad-user-sync: user file",
        "The people of a source domain; see docs/user-file.md. A line with an HMAC may follow the JSON.",
        root: .object(UserFileKey.Header.allCases.map(\.field) + [users], others: .anything))

    private static let users = JSONField(
        UserFileKey.users, kind: "list of records", isRequired: true, "The people.", example: "[]",
        shape: .list(.object(UserFileKey.Record.allCases.map(\.field), others: attribute)))

    /// See ``AttributeField``.
    private static let attribute: JSONShape = {
        let bytes = JSONField(
            UserFileKey.base64, kind: "Base64", isRequired: true, "Bytes that are no text (RFC 4648 §4).",
            example: #""3q2+7w==""#, shape: .text(minimumLength: 0))
        let value = JSONShape.anyOf([.text(minimumLength: 0), .boolean, .integer(.min ... .max), .object([bytes])])
        return value.orList().orNull
    }()
}

extension UserFileKey.Header {
    fileprivate var field: JSONField {
        switch self {
        case .timestamp:
            .time(rawValue, "When the export began, in UTC; the expiry of the users is counted from it.", orNull: true)
        case .format:
            JSONField(
                rawValue, kind: "integer", "Of the file; a higher one than the reader knows is refused.",
                example: "\(UserFileHeader.currentFormat)",
                shape: JSONShape.integer(0...UserFileHeader.currentFormat).orNull)
        case .exportID: .name(rawValue, "The export's name.", "20261120T081500Z-096fabbd", orNull: true)
        case .sequence:
            .count(
                rawValue, "The export's number, one more with each; a lower one than that last imported is refused.",
                orNull: true)
        case .source:
            JSONField(
                rawValue, kind: "object", "Where the people are from.", example: "null",
                shape: JSONShape.object(UserFileKey.Source.allCases.map(\.field), others: .anything).orNull)
        case .completeness:
            JSONField(
                rawValue, kind: "object",
                "What the export counted. A file that contradicts it takes nothing from anybody.", example: "null",
                shape: JSONShape.object(UserFileKey.Completeness.allCases.map(\.field), others: .anything).orNull)
        }
    }
}

extension UserFileKey.Source {
    fileprivate var field: JSONField {
        switch self {
        case .domain: .name(rawValue, "The DNS name of the domain.", "source.test", isRequired: true)
        case .domainGUID: .guid(rawValue, "The domain's objectGUID: half of every anchor.", isRequired: true)
        case .server: .name(rawValue, "The domain controller that was read.", "dc1.source.test", isRequired: true)
        }
    }
}

extension UserFileKey.Completeness {
    fileprivate var field: JSONField {
        switch self {
        case .users: .count(rawValue, "How many users were read.", isRequired: true)
        case .units:
            .counts(rawValue, "Users by the container they are directly in, relative to user_path.", isRequired: false)
        case .members: .counts(rawValue, "Users by group of search_groups.", isRequired: true)
        case .pages: .count(rawValue, "In how many pages the server sent the users.", orNull: true)
        case .server: .name(rawValue, "The domain controller that was read.", "dc1.source.test", orNull: true)
        case .highestCommittedUSN:
            .count(rawValue, "highestCommittedUSN of that server, from before the first read.", isRequired: true)
        case .previous:
            JSONField(
                rawValue, kind: "object", "The totals of the export before.", example: "null",
                shape: JSONShape.object(UserFileKey.Previous.allCases.map(\.field), others: .anything).orNull)
        }
    }
}

extension UserFileKey.Previous {
    fileprivate var field: JSONField {
        switch self {
        case .exportID: .name(rawValue, "Its name.", "20261119T081500Z-1c83a4d5", isRequired: true)
        case .sequence: .count(rawValue, "Its number.", isRequired: true)
        case .timestamp: .time(rawValue, "When it began.", isRequired: true)
        case .users: .count(rawValue, "How many users it had.", isRequired: true)
        case .disabled: .count(rawValue, "How many of them were disabled.", isRequired: true)
        }
    }
}

extension UserFileKey.Record {
    fileprivate var field: JSONField {
        switch self {
        case .accountName: .name(rawValue, "The account name.", "jdoe", isRequired: isRequired)
        case .commonName: .name(rawValue, "The common name.", "Jane Doe", isRequired: isRequired)
        case .disabled:
            JSONField(
                rawValue, kind: "boolean", isRequired: isRequired, "Whether the account is disabled at the source.",
                example: "false", shape: .boolean)
        case .accountExpires:
            .time(
                rawValue, "When the account expires at the source; null for never.", orNull: true,
                isRequired: isRequired)
        case .memberOf:
            JSONField(
                rawValue, kind: "list of distinguished names", isRequired: isRequired,
                "The groups of search_groups that the person is in, relative to the source's group_path.",
                example: #"["CN=Operators"]"#, shape: .list(.text()))
        case .anchor: .guid(rawValue, "The person's half of the anchor.", orNull: true, isRequired: isRequired)
        }
    }
}

extension JSONField {
    fileprivate static func name(
        _ name: String, _ summary: String, _ example: String, orNull: Bool = false, isRequired: Bool = false
    ) -> JSONField {
        field(name, "string", summary, "\"\(example)\"", .text(), orNull, isRequired)
    }

    fileprivate static func count(
        _ name: String, _ summary: String, orNull: Bool = false, isRequired: Bool = false
    ) -> JSONField {
        field(name, "integer", summary, "7", .integer(0 ... .max), orNull, isRequired)
    }

    fileprivate static func counts(_ name: String, _ summary: String, isRequired: Bool) -> JSONField {
        field(
            name, "object of numbers", summary, #"{"CN=Operators": 6}"#, .map(of: .integer(0 ... .max)), !isRequired,
            isRequired)
    }

    fileprivate static func time(
        _ name: String, _ summary: String, orNull: Bool = false, isRequired: Bool = false
    ) -> JSONField {
        field(
            name, "ISO 8601 time", summary, #""2026-11-20T08:15:00.482913""#, .text(pattern: "^[0-9]{4}"), orNull,
            isRequired)
    }

    fileprivate static func guid(
        _ name: String, _ summary: String, orNull: Bool = false, isRequired: Bool = false
    ) -> JSONField {
        field(
            name, "GUID", summary, #""017fea83-cf12-4e5f-8ee9-e038da7c80b8""#, .text(pattern: "^\\{?[0-9A-Fa-f]{8}-"),
            orNull, isRequired)
    }

    private static func field(
        _ name: String, _ kind: String, _ summary: String, _ example: String, _ shape: JSONShape, _ orNull: Bool,
        _ isRequired: Bool
    ) -> JSONField {
        JSONField(
            name, kind: kind, isRequired: isRequired, summary, example: example, shape: orNull ? shape.orNull : shape)
    }
}
