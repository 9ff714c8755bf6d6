/// Which steps of an account's life an import is for. All, unless somebody wants only some of them.
public struct LifeCycleSettings: Hashable, Sendable {
    public let creates: Bool
    public let updates: Bool
    /// Deactivates who is disabled at the source.
    public let deletes: Bool
    /// Deactivates who is missing from the user file.
    public let deletesMissing: Bool
    /// Offers to enable who came back.
    public let restores: Bool

    init(reading reader: inout ObjectReader) {
        creates = reader.read(Self.createKey)
        updates = reader.read(Self.updateKey)
        deletes = reader.read(Self.deleteKey)
        deletesMissing = reader.read(Self.deleteMissingKey)
        restores = reader.read(Self.restoreKey)
    }

    private static let createKey = Key(
        "create", .boolean, default: true, shownAs: "true",
        "Creates accounts for people who are new, and takes accounts over. --no-create switches it off for one run.",
        example: "false"
    )
    private static let updateKey = Key(
        "update", .boolean, default: true, shownAs: "true",
        """
        Brings accounts up to date that are there: attributes, names, groups. Their expiry is always kept. --no-update \
        switches it off for one run.
        """,
        example: "false"
    )
    private static let deleteKey = Key(
        "delete", .boolean, default: true, shownAs: "true",
        """
        Deactivates who is disabled at the source. Nobody is ever deleted. --no-delete switches it off for one run.
        """,
        example: "false"
    )
    private static let deleteMissingKey = Key(
        "delete_missing", .boolean, default: true, shownAs: "true",
        "Deactivates who is missing from the user file. --no-delete-missing switches it off for one run.",
        example: "false"
    )
    private static let restoreKey = Key(
        "restore", .boolean, default: true, shownAs: "true",
        "Offers to enable the accounts of people who came back. --no-restore switches it off for one run.",
        example: "false"
    )
}
