/// Line ends as Windows writes them in text mode.
enum LineEnds {
    /// Every CR LF as LF. A CR that stands alone stays: Python's text mode did not make it.
    static func withLineFeeds(_ text: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var pendingReturn = false
        for byte in text {
            if pendingReturn, byte != UInt8(ascii: "\n") { result.append(UInt8(ascii: "\r")) }
            pendingReturn = byte == UInt8(ascii: "\r")
            if !pendingReturn { result.append(byte) }
        }
        if pendingReturn { result.append(UInt8(ascii: "\r")) }
        return result
    }
}
