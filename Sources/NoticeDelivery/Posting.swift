import Directory
import Logging
import RunNotices

/// One notice on its way to a URL.
struct Posting: Sendable {
    private let post: Hook.Post
    private let mediaType: String
    private let body: String
    private let timeout: Duration
    private let sender: String
    private let logger: Logger

    init(
        _ post: Hook.Post, mediaType: String, body: String, timeout: Duration, sender: String, logger: Logger
    ) {
        self.post = post
        self.mediaType = mediaType
        self.body = body
        self.timeout = timeout
        self.sender = sender
        self.logger = logger
    }

    func attempt() async throws(DeliveryFailure) {
        let ours = [("Content-Type", mediaType), ("User-Agent", sender)]
        let request = HTTPRequest(
            url: post.address.reveal(), fields: ours + (try headerFields()).map { ($0.name, $0.value) }, body: body,
            authorities: post.caFile, timeout: timeout)
        try judge(try await request.status())
    }

    private func judge(_ status: Int) throws(DeliveryFailure) {
        switch status {
        case 200..<300: return
        case 300..<400: throw DeliveryFailure("the receiver answers \(status), and redirects are not followed")
        case 408, 425, 429, 500..<600: throw DeliveryFailure("the receiver answers \(status)", mayPass: true)
        default: throw DeliveryFailure("the receiver answers \(status)")
        }
    }

    private func headerFields() throws(DeliveryFailure) -> [HeaderFields.Field] {
        guard let path = post.headersFile else { return [] }
        let file: PrivateFile
        do {
            file = try PrivateFile(path)
        } catch {
            throw DeliveryFailure("headers_file: \(path.printable) cannot be read: \(error)")
        }
        if file.isAccessibleToOthers {
            logger.warning("hooks: headers_file: others may read \(path.printable): chmod 600 \(path.printable)")
        }
        do {
            return try HeaderFields(parsing: file.bytes).fields
        } catch {
            throw DeliveryFailure("headers_file: \(path.printable), \(error)")
        }
    }
}
