import Mustache

/// Text between tags: escaped, and what the eye cannot see, or is misled by, made visible.
struct ElementText: MustacheContentType {
    func escapeText(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar.isUnseen {
                result += "<span class=\"cp\">\(scalar.codePoint)</span>"
            } else {
                result.append(escaped: scalar)
            }
        }
        return result
    }
}

/// The value of an attribute: escaped, and otherwise as it is, since a form sends it back.
struct AttributeText: MustacheContentType {
    func escapeText(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars { result.append(escaped: scalar) }
        return result
    }
}

extension String {
    /// By code points: Mustache's own escaping goes by characters, and takes a quotation mark with a combining accent
    /// on it for a harmless letter, where a browser sees the quotation mark.
    fileprivate mutating func append(escaped scalar: Unicode.Scalar) {
        switch scalar {
        case "<": self += "&lt;"
        case ">": self += "&gt;"
        case "&": self += "&amp;"
        case "\"": self += "&quot;"
        case "'": self += "&#39;"
        case "\0": self += "\u{FFFD}"
        default: unicodeScalars.append(scalar)
        }
    }
}

extension Unicode.Scalar {
    /// Control, format and bidirectional characters, and everything that shows nothing by itself.
    fileprivate var isUnseen: Bool {
        if ("\u{20}"..."\u{7E}").contains(self) { return false }
        if properties.isDefaultIgnorableCodePoint || properties.isBidiControl { return true }
        // A braille pattern without dots looks like nothing, too.
        if self == "\u{2800}" { return true }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return true
        default: return false
        }
    }

    fileprivate var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
