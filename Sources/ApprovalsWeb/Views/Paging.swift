/// The page of a list that is shown, and the ways to the others.
struct Paging {
    struct Page {
        let number: Int
        let href: String
        let isShown: Bool
    }

    /// Which rows of the list.
    let rows: Range<Int>
    let rangeWords: String
    /// Those around the one that is shown, the first and the last: ten thousand people are a hundred pages.
    let pages: [Page]
    let hasPages: Bool
    let previous: String?
    let next: String?

    /// - Parameters:
    ///   - count: Rows of the list.
    ///   - size: Rows of a page.
    ///   - wanted: The number of a page; for one behind the end, the last is shown.
    ///   - matchingWords: The count with what is counted: "12 people".
    ///   - href: Where a page is.
    init(of count: Int, by size: Int, showing wanted: Int, matchingWords: String, href: (Int) -> String) {
        let last = max(1, (count + size - 1) / size)
        let shown = min(wanted, last)
        let start = (shown - 1) * size
        rows = start..<min(start + size, count)
        rangeWords = last > 1 ? "\(start + 1)–\(rows.upperBound) of \(count)" : matchingWords
        pages = (1...last).filter { abs($0 - shown) <= 2 || $0 == 1 || $0 == last }.map { number in
            Page(number: number, href: href(number), isShown: number == shown)
        }
        hasPages = last > 1
        previous = shown > 1 ? href(shown - 1) : nil
        next = shown < last ? href(shown + 1) : nil
    }
}
