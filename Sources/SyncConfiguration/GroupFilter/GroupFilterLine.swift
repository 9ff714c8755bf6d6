import Directory
public import DistinguishedNames

/// One line of a group filter: a group and perhaps a remark about it, a remark alone, or nothing.
///
/// ```
/// # 14 groups below OU=Groups,DC=source,DC=test
/// CN=Operators              # 57 members
/// CN=Shift C\23\, nights    # 4 members, 2 nested: CN=Trainees
/// ```
///
/// A `#` begins a remark at the beginning of a line and after white space. In a name it is written `\23` (RFC 4514 section
/// 2.4 allows it everywhere); one inside a word, as people write it, is part of the name too.
public enum GroupFilterLine: Hashable, Sendable {
    case blank
    /// Without the `#`.
    case remark(String)
    /// As it stands in the line, relative or not.
    case group(DistinguishedName, remark: String? = nil)

    /// What a remark looks like that is printed. It stays on one line, whatever it tells of.
    private static func remarkText(_ remark: String) -> String { remark.isEmpty ? "#" : "# \(remark.printable)" }

    /// Between a name and its remark, at least.
    private static let gap = "    "

    /// The line without its end.
    ///
    /// - Parameter column: Where remarks begin, in characters, so that those of several lines stand below one another; a
    ///   longer name moves its own.
    public func text(remarksAt column: Int = 0) -> String {
        switch self {
        case .blank: return ""
        case .remark(let remark): return Self.remarkText(remark)
        case .group(let name, nil): return Self.nameText(name)
        case .group(let name, let remark?):
            let text = Self.nameText(name)
            let padding = String(repeating: " ", count: max(0, column - text.count - Self.gap.count))
            return text + padding + Self.gap + Self.remarkText(remark)
        }
    }

    /// The column for ``text(remarksAt:)`` at which the remarks of these lines stand below one another.
    public static func remarkColumn(of lines: [GroupFilterLine]) -> Int {
        let widths = lines.compactMap { line in
            if case .group(let name, _?) = line { nameText(name).count + gap.count } else { nil }
        }
        return widths.max() ?? 0
    }

    /// The name so that a text editor does it no harm: what has a meaning here, what an editor may take away at the end of
    /// a line, and what does not show, are hexadecimal digits.
    private static func nameText(_ name: DistinguishedName) -> String {
        var result = ""
        var isEscaped = false
        for scalar in name.description.unicodeScalars {
            switch scalar {
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            case "#": result += hexadecimal(scalar)
            case " ": result += isEscaped ? hexadecimal(scalar) : " "
            case _ where scalar.properties.isWhitespace || String(scalar).printable != String(scalar):
                result += hexadecimal(scalar)
            default:
                if isEscaped { result += "\\" }
                result.unicodeScalars.append(scalar)
            }
            isEscaped = false
        }
        return result
    }

    /// The octets of the character in UTF-8, RFC 4514 section 2.4.
    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf8.map { "\\" + ($0 < 0x10 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }
}
