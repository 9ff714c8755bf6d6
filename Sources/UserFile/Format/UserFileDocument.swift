/// What an export has to say: the content of a user file.
public struct UserFileDocument: Sendable {
    public let header: UserFileHeader
    public let records: UserFileRecords

    /// - Precondition: the anchors of the records are of `header`'s source domain: the file could not tell another one.
    public init(header: UserFileHeader, records: UserFileRecords) {
        precondition(records.domains.allSatisfy { $0 == header.source?.domainGUID })
        self.header = header
        self.records = records
    }
}
