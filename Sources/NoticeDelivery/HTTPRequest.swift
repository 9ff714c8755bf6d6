import CCurl
import Directory
import Dispatch

/// One POST (RFC 9110 section 9.3.3) by libcurl, of which only the status comes back. TLS is verified, no redirect is followed,
/// and no proxy of the environment is asked. SIGPIPE has to be ignored by the process.
struct HTTPRequest: Sendable {
    /// `https`, or `http`.
    let url: String
    let fields: [(name: String, value: String)]
    let body: String
    /// A PEM file of the authorities that are trusted instead of the system's; nil for the system's.
    let authorities: String?
    /// For all of it, from the name's resolution on.
    let timeout: Duration

    /// - Returns: the final status, whatever becomes of the rest of the answer.
    /// - Throws: ``DeliveryFailure`` when there was none.
    func status() async throws(DeliveryFailure) -> Int {
        let result = await withCheckedContinuation { continuation in
            // A thread of its own: libcurl waits in it.
            DispatchQueue(label: "hook").async {
                continuation.resume(returning: Result { () throws(DeliveryFailure) in try statusHere() })
            }
        }
        return try result.get()
    }

    private func statusHere() throws(DeliveryFailure) -> Int {
        guard HTTPLibrary.isReady, let handle = curl_easy_init() else { throw Self.isUnusable }
        defer { curl_easy_cleanup(handle) }
        var list: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(list) }
        // The last: what is sent would wait for a word of the server otherwise.
        for line in fields.map({ "\($0.name): \($0.value)" }) + ["Expect:"] {
            guard let longer = curl_slist_append(list, line) else { throw Self.isUnusable }
            list = longer
        }
        let transfer = Transfer(handle: handle, fields: list)
        return try withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CURL_ERROR_SIZE)) { reason in
            reason.initialize(repeating: 0)
            return Result { () throws(DeliveryFailure) in try transfer.run(self, reason) }
        }.get()
    }

    fileprivate static let isUnusable = DeliveryFailure("libcurl \(HTTPLibrary.version) cannot be used")
}

/// What libcurl needs while it is at work.
private struct Transfer {
    let handle: UnsafeMutableRawPointer
    let fields: UnsafeMutablePointer<curl_slist>?

    func run(
        _ request: HTTPRequest, _ reason: UnsafeMutableBufferPointer<CChar>
    ) throws(DeliveryFailure) -> Int {
        let body = Array(request.body.utf8)
        let result = body.withUnsafeBytes { bytes in
            prepare(request, bytes, reason) ? curl_easy_perform(handle) : CURLE_FAILED_INIT
        }
        let status = ccurl_status(handle)
        guard status < 200 else { return status }
        throw failure(result, request, reason)
    }

    private func prepare(
        _ request: HTTPRequest, _ body: UnsafeRawBufferPointer, _ reason: UnsafeMutableBufferPointer<CChar>
    ) -> Bool {
        let (seconds, attoseconds) = request.timeout.components
        let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        // No file of the environment's or the system's speaks here (.netrc is not read unless asked for).
        var results = [
            ccurl_set_error(handle, reason.baseAddress), ccurl_set_text(handle, CURLOPT_URL, request.url),
            ccurl_set_number(handle, CURLOPT_POST, 1), ccurl_set_body(handle, body.baseAddress, body.count),
            ccurl_set_fields(handle, fields), ccurl_want_no_answer(handle),
            ccurl_set_number(handle, CURLOPT_TIMEOUT_MS, max(1, milliseconds)),
            ccurl_set_number(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            ccurl_set_number(handle, CURLOPT_FOLLOWLOCATION, 0), ccurl_set_text(handle, CURLOPT_PROXY, ""),
            // Its timeouts work by signals otherwise, which are the whole process's.
            ccurl_set_number(handle, CURLOPT_NOSIGNAL, 1),
        ]
        if let authorities = request.authorities {
            // The folder of the system's would be trusted beside the file.
            results += [
                ccurl_set_text(handle, CURLOPT_CAINFO, authorities), ccurl_set_text(handle, CURLOPT_CAPATH, nil),
            ]
        }
        return results.allSatisfy { $0 == CURLE_OK }
    }

    /// libcurl's words name the host at most.
    private func failure(
        _ result: CURLcode, _ request: HTTPRequest, _ reason: UnsafeMutableBufferPointer<CChar>
    ) -> DeliveryFailure {
        let said = String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let words = (said.isEmpty ? String(cString: curl_easy_strerror(result)) : said).printable
        switch result {
        case CURLE_FAILED_INIT: return HTTPRequest.isUnusable
        case CURLE_OPERATION_TIMEDOUT:
            return DeliveryFailure("no answer within \(request.timeout.components.seconds) s", mayPass: true)
        case CURLE_SSL_CACERT_BADFILE:
            guard let authorities = request.authorities else { return DeliveryFailure("TLS: \(words)") }
            return DeliveryFailure("ca_file: \(authorities.printable) cannot be read, or holds no PEM certificate")
        case CURLE_PEER_FAILED_VERIFICATION: return DeliveryFailure("TLS: \(words)")
        default: return DeliveryFailure(words, mayPass: true)
        }
    }
}
