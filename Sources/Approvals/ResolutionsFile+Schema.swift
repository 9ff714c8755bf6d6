public import JSONShapes
import SyncPlan

extension ResolutionsFile {
    /// What an editor can know of the file.
    public static let schema = JSONSchema(
        title: "ad-user-sync: resolutions file",
        "Questions of imports and the answers to them; see docs/resolutions.md.",
        root: .object(
            [
                JSONField(
                    "resolutions", kind: "list of entries", isRequired: true, "One entry for each question or answer.",
                    example: "[]", shape: .list(.object(entry, others: .anything)))
            ], others: .anything))

    /// The keys of an entry. Others are somebody's notes, and kept by nobody.
    private static let entry = ResolutionKey.allCases.map(\.field)
}

extension ResolutionKey {
    var field: JSONField {
        switch self {
        case .type:
            JSONField(
                rawValue, kind: "word", isRequired: true, "What is asked.", example: #""enable""#,
                shape: .choice(ActionKind.allCases.map(\.rawValue)))
        case .id:
            text(
                "names the question; short, the same in every run; the import's table shows it with the reason",
                "y9fb9en2pm")
        case .user:
            JSONField(
                rawValue, kind: "string", isRequired: true, "the cn, prefix included; `*` in a decision about many",
                example: #""Jane Doe""#, shape: .text())
        case .accountName: text("the account name, for the reader only", "jdoe")
        case .reason: text("why it is asked, for the reader only", "the group is in restricted_groups")
        case .warnings:
            JSONField(
                rawValue, kind: "list of strings",
                "sentences about names that look like others; for the reader only",
                example: "[]", shape: JSONShape.list(.anything).orNull)
        case .anchor:
            JSONField(
                rawValue, kind: "string", "whom the answer is for; it counts for nobody else",
                example: #""ad-user-sync:f6a0a37d-83bf-424b-9cb6-00718f4073b1:14f7d970-8ae5-4326-9f9f-2c06b41ea889""#,
                shape: JSONShape.text(pattern: "^ad-user-sync:").orNull)
        case .accept:
            flag("`null` while it waits, `true` or `false`", example: "true")
        case .timestamp:
            text(
                "when it was asked or answered, with zone; of several answers to one question the latest counts",
                "2026-11-20T08:15:07Z")
        case .group: text("of `join`, `leave`, `grant`: the group, relative to `group_path`", "CN=Plant Admins")
        case .name: text("of `name`: the cn, account name or user principal name that is another's", "jdoe")
        case .newName: text("of `name`: what he gets instead, of the same kind", "jdoe2")
        case .takeOver:
            JSONField(
                rawValue, kind: "true or string", "of `name`: `true`, or the account's name, typed", example: "true",
                shape: .anyOf([.boolean, .text(minimumLength: 0), .null]))
        case .holder:
            text(
                """
                of `name`: the objectGUID of the account that had the name when it was asked; another one is not taken over
                """, "14f7d970-8ae5-4326-9f9f-2c06b41ea889")
        case .password:
            text("of `enable`: the new password, in clear; used once and removed", "correct horse battery staple")
        case .keepPassword: flag("of `enable`: `true` where one was set before", example: "true")
        case .members:
            JSONField(
                rawValue, kind: "list of objects",
                "of a decision about many: who (`user`, `anchor`), and for `leave` which `group`",
                example: #"[{"user": "Jane Doe"}]"#,
                shape: JSONShape.list(.object(Self.ofMember.map(\.field), others: .anything)).orNull)
        }
    }

    private func text(_ summary: String, _ example: String) -> JSONField {
        JSONField(
            rawValue, kind: "string", summary, example: "\"\(example)\"", shape: JSONShape.text(minimumLength: 0).orNull
        )
    }

    private func flag(_ summary: String, example: String) -> JSONField {
        JSONField(rawValue, kind: "true, false or null", summary, example: example, shape: JSONShape.boolean.orNull)
    }
}
