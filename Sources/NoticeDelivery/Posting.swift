import AsyncHTTPClient
import Directory
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import RunNotices

/// One notice on its way to a URL. TLS is verified, no redirect is followed, no proxy of the environment is asked, and of the
/// answer only the status is read.
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
        let request = try request()
        let client = HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: try configuration())
        let result = await answer(client, request)
        try? await client.shutdown()
        try judge(try result.get())
    }

    private func answer(
        _ client: HTTPClient, _ request: HTTPClientRequest
    ) async -> Result<HTTPResponseStatus, DeliveryFailure> {
        do {
            return .success(try await client.execute(request, timeout: TimeAmount(timeout)).status)
        } catch let error as HTTPClientError where error == .deadlineExceeded || error == .connectTimeout {
            return .failure(DeliveryFailure("no answer within \(timeout.components.seconds) s", mayPass: true))
        } catch let error as NIOSSLError {
            return .failure(DeliveryFailure("TLS: \("\(error)".printable)"))
        } catch {
            return .failure(DeliveryFailure("\("\(error)".printable)", mayPass: true))
        }
    }

    private func judge(_ status: HTTPResponseStatus) throws(DeliveryFailure) {
        switch status.code {
        case 200..<300: return
        case 300..<400:
            throw DeliveryFailure("the receiver answers \(status.code), and redirects are not followed")
        case 408, 425, 429, 500..<600: throw DeliveryFailure("the receiver answers \(status.code)", mayPass: true)
        default: throw DeliveryFailure("the receiver answers \(status.code)")
        }
    }

    private func request() throws(DeliveryFailure) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: post.address.reveal())
        request.method = .POST
        request.headers.add(name: "Content-Type", value: mediaType)
        request.headers.add(name: "User-Agent", value: sender)
        for field in try headerFields() { request.headers.add(name: field.name, value: field.value) }
        request.body = .bytes(ByteBuffer(string: body))
        return request
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

    private func configuration() throws(DeliveryFailure) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let path = post.caFile {
            // Read here and now, since what is wrong with it is told as a failed handshake otherwise.
            guard let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty else {
                throw DeliveryFailure("ca_file: \(path.printable) cannot be read, or holds no PEM certificate")
            }
            tls.trustRoots = .certificates(certificates)
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow, timeout: .init(connect: TimeAmount(timeout)),
            proxy: nil, decompression: .disabled)
        configuration.httpVersion = .http1Only
        // What is tried again is ours to say, and so is how long that takes.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}
