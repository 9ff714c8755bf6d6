import CCurl

/// libcurl, as it is loaded.
public enum HTTPLibrary {
    /// Such as `7.88.1`.
    public static var version: String { String(cString: ccurl_version()) }

    /// Once in a process and before its first transfer, which the first to ask for it makes sure of.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}
