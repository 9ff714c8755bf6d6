/// Sizes in BER (X.690 section 8.1): an upper bound that is close, computed before anything is allocated or sent.
enum BERSize {
    /// An element with contents of this many octets: tag, length and contents.
    static func element(_ contents: Int) -> Int {
        contents + (contents < 0x80 ? 2 : contents < 0x100 ? 3 : contents < 0x1_0000 ? 4 : 6)
    }

    /// What the lengths of the three sequences around the values of a change may take more once there are values.
    static let growth = 12

    /// Scope, alias dereferencing, limits, types only, and the paging control without its cookie.
    static let fixedSearchFields = 80

    /// Message identifier, protocol operation and the sequences around them.
    static let envelope = 24
}
