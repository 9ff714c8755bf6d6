/// How far a search has got. Lives on its connection's thread.
final class Search {
    enum Stage {
        /// No page is asked for: none yet, or the reader has one waiting.
        case paused
        /// The answer to this message is awaited.
        case receiving(Int32)
        /// The last page has come.
        case finished
        case failed(any Error)
    }

    /// A whole page.
    struct Page: Sendable {
        var entries: [LDAPEntry] = []
        /// The indices of entries that have attributes of which only a slice came.
        var incomplete: [Int] = []
    }

    let request: LDAPSearchRequest
    var stage = Stage.paused
    /// Where the next page begins, as the server said; empty for the first.
    var cookie: [UInt8] = []
    var decoder = EntryDecoder()
    /// What has come of the page that is under way.
    var arriving = Page()
    var references: [String] = []
    /// The page that waits for its reader.
    var ready: Page?
    /// The reader who waits for a page.
    var reader: CheckedContinuation<Page?, any Error>?

    func resumeReader(with result: Result<Page?, any Error>) {
        reader?.resume(with: result)
        reader = nil
    }

    init(_ request: LDAPSearchRequest) {
        self.request = request
    }
}
