import Directory
import DistinguishedNames
import UserFile

/// What is remembered of the last file that was imported into one managed container.
struct ImportState: Codable, Sendable, Equatable {
    static let fileName = "import-state.json"

    /// SHA-256 of its body, hexadecimal.
    var digest: String
    /// ISO 8601, UTC.
    var timestamp: String?
    var sequence: Int?
    var sourceDomain: String?
    var exportID: String?
    /// When the run that imported it began.
    var importedAt: String
    /// What that run left in the resolutions file; nil for nothing, and in states of before this was remembered.
    var answers: RememberedAnswers?
    /// The container's distinguished name then; nil in a state of a version that did not keep it.
    var container: String?
    /// How many accounts stood in it after that, as far as is known; nil likewise.
    var accounts: Int?

    enum CodingKeys: String, CodingKey {
        case digest, timestamp, sequence, answers, container, accounts
        case sourceDomain = "source_domain_guid"
        case exportID = "export_id"
        case importedAt = "imported_at"
    }

    init(
        of file: VerifiedUserFile, in container: Container, accounts: Int, answers: RememberedAnswers?,
        at time: Timestamp
    ) {
        digest = file.digest
        timestamp = file.header.timestamp?.iso8601(.withZone)
        sequence = file.header.sequence
        sourceDomain = file.header.source?.domainGUID.description
        exportID = file.header.exportID
        importedAt = time.iso8601(.withZone)
        self.answers = answers
        self.container = container.name.description
        self.accounts = accounts
    }

    /// Refuses a file of tomorrow: remembered, it would keep out every file until then.
    static func refuseFuture(_ file: VerifiedUserFile, named path: String, now: Timestamp) throws {
        guard let time = file.header.timestamp, time.seconds(since: now) > 86_400 else { return }
        throw CommandFailure(
            .tryAgain,
            "\(path): the file says that it was written at \(time.iso8601(.withZone)), which is more than a day ahead of "
                + "this machine's clock: set the clock that is wrong, and export again; nothing was written")
    }

    /// Refuses a file from another domain, and one that is older than this; the very same file may be imported again.
    func refuse(_ file: VerifiedUserFile, named path: String, allowsOlder: Bool) throws {
        if let known = sourceDomain, let source = file.header.source, source.domainGUID.description != known {
            throw CommandFailure(
                .badData,
                "\(path): the file comes from \(source.domain) (\(source.domainGUID)), but this container was filled "
                    + "from the domain \(known): one container takes one source; nothing was written",
                needsAnotherFile: true)
        }
        guard file.digest != digest, !allowsOlder else { return }
        let advice = "carry the latest file across, or pass --allow-older to insist; nothing was written"
        if let last = sequence, let sequence = file.header.sequence, sequence <= last {
            throw CommandFailure(
                .tryAgain,
                "\(path): the file is older than the last one imported: its sequence is \(sequence), the last was \(last); "
                    + advice,
                needsAnotherFile: true)
        }
        if let last = timestamp.flatMap(Timestamp.init(iso8601:)), let time = file.header.timestamp, time < last {
            throw CommandFailure(
                .tryAgain,
                "\(path): the file is older than the last one imported: it was written at \(time.iso8601(.withZone)), "
                    + "the last at \(last.iso8601(.withZone)); " + advice,
                needsAnotherFile: true)
        }
    }
}
