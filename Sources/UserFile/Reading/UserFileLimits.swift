import StrictJSON

/// What a user file may hold at most. Beyond any directory that exists, and well below what would exhaust the machine.
public struct UserFileLimits: Sendable, Equatable {
    /// Of the file as a whole.
    public var fileBytes = 512 << 20
    public var users = 1_000_000
    /// Levels of nested JSON; a user file has five.
    public var depth = 16
    /// In one JSON object: a header, a record, or the members by group.
    public var keysPerObject = 10_000
    /// In one array of a record: groups, or the values of an attribute.
    public var valuesPerArray = 10_000
    /// In one record, or in one value of the header, all in all.
    public var valuesPerRecord = 100_000
    /// Different groups that the records name.
    public var groups = 100_000
    /// Of one value as it stands in the file; a photo in Base64 is the longest.
    public var valueBytes = 16 << 20

    var json: JSONLimits {
        JSONLimits(
            depth: depth, keysPerObject: keysPerObject, valuesPerArray: valuesPerArray, valuesPerTree: valuesPerRecord,
            valueBytes: valueBytes)
    }

    /// The limits every command uses.
    public static let standard = UserFileLimits()
}
