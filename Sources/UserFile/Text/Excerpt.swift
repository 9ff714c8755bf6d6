/// Outside text as messages show it: shortened, and with nothing in it that could forge a line of a log or steer a
/// terminal.
struct Excerpt: CustomStringConvertible {
    let unquoted: String

    init(_ text: String, maximumLength: Int = 80) {
        var shown = ""
        for scalar in text.unicodeScalars.prefix(maximumLength) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default:
                shown.unicodeScalars.append(scalar)
            }
        }
        if text.unicodeScalars.dropFirst(maximumLength).first != nil { shown += "…" }
        unquoted = shown
    }

    /// In quotes.
    var description: String { "\"\(unquoted)\"" }
}
