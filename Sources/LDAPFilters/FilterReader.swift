extension FilterTree {
    /// Reads the string form of RFC 4515, and spaces around filters, which people put there.
    ///
    /// Stricter than the RFC in three things, which are slips where they occur: lists and values may not be empty, nor may
    /// what stands between two asterisks.
    ///
    /// - Throws: ``FilterSyntaxError`` with the place.
    public init(parsing text: String) throws(FilterSyntaxError) {
        var reader = FilterReader(text)
        self = try reader.read()
    }
}

struct FilterReader {
    let text: [Unicode.Scalar]
    var index = 0

    /// Deeper than anybody writes, and shallow enough for the stack of whoever walks the tree.
    static let maximumDepth = 100

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    mutating func read() throws(FilterSyntaxError) -> FilterTree {
        skipSpaces()
        let filter = try readFilter(depth: 1, otherwise: .missingParenthesis)
        skipSpaces()
        guard next == nil else { throw failure(.textBehind) }
        return filter
    }

    var next: Unicode.Scalar? { index < text.count ? text[index] : nil }

    /// - Parameter reason: what is wrong when no filter begins here.
    private mutating func readFilter(
        depth: Int, otherwise reason: FilterSyntaxError.Reason
    ) throws(FilterSyntaxError) -> FilterTree {
        guard next == "(" else { throw failure(reason) }
        guard depth <= Self.maximumDepth else { throw failure(.tooDeep) }
        index += 1
        skipSpaces()
        let filter: FilterTree
        switch next {
        case "&": filter = .and(try readList(depth: depth))
        case "|": filter = .or(try readList(depth: depth))
        case "!":
            index += 1
            skipSpaces()
            filter = .not(try readFilter(depth: depth + 1, otherwise: .missingOperand))
            skipSpaces()
            if next == "(" { throw failure(.severalNegated) }
        default: filter = try readItem()
        }
        guard next == ")" else { throw failure(next == nil ? .unclosed : .unexpectedText) }
        index += 1
        return filter
    }

    /// The filters behind `&` or `|`.
    private mutating func readList(depth: Int) throws(FilterSyntaxError) -> [FilterTree] {
        index += 1
        skipSpaces()
        var filters: [FilterTree] = []
        while let next, next != ")" {
            filters.append(try readFilter(depth: depth + 1, otherwise: .unexpectedText))
            skipSpaces()
        }
        if filters.isEmpty { throw failure(next == nil ? .unclosed : .emptyList) }
        return filters
    }

    private mutating func skipSpaces() {
        while next == " " { index += 1 }
    }

    func failure(_ reason: FilterSyntaxError.Reason, at place: Int? = nil) -> FilterSyntaxError {
        FilterSyntaxError(position: (place ?? index) + 1, reason: reason)
    }
}
