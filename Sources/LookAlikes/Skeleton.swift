/// What two names that look the same have in common (Unicode Technical Standard #39 §4, with a small table).
///
/// Letters become the Latin ones they look like, case is dropped, and so is what nobody sees. Accents stay: to a reader
/// `Muller` is not `Müller`. A skeleton is for comparison and for nothing else.
public struct Skeleton: Hashable, Sendable {
    // Swift's own equality is wanted here: an accent that stands by itself looks the same as one that does not.
    private let text: String

    public init(_ name: String) {
        var result: [UInt8] = []
        result.reserveCapacity(name.utf8.count)
        var pendingSpace = false
        for scalar in name.unicodeScalars {
            guard let shown = Self.shown(scalar) else { continue }
            if shown == " " {
                pendingSpace = !result.isEmpty
                continue
            }
            if pendingSpace { result.append(UInt8(ascii: " ")) }
            pendingSpace = false
            if shown.isASCII {
                result.append(UInt8(ascii: shown))
            } else {
                result.append(contentsOf: UTF8.encode(shown) ?? UTF8.encodedReplacementCharacter)
            }
        }
        text = String(decoding: result, as: UTF8.self)
    }

    /// Nil for what is not to be seen.
    private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        if scalar.isASCII {
            switch scalar {
            case "A"..."Z": return Unicode.Scalar(UInt8(scalar.value) + 32)
            case "0": return "o"
            case "1", "|": return "l"
            default: return scalar
            }
        }
        if scalar.isUnseen { return nil }
        switch scalar.properties.generalCategory {
        case .spaceSeparator: return " "
        case .dashPunctuation: return "-"
        default: break
        }
        switch scalar {
        case "’", "‘", "ʼ", "ʹ", "′", "＇", "`", "´": return "'"
        case "−": return "-"
        default: break
        }
        if let twin = LatinTwins.twin(of: scalar) { return twin.isASCII ? shown(twin) : twin }
        let lowercase = scalar.properties.lowercaseMapping.unicodeScalars
        return lowercase.count == 1 ? lowercase.first : scalar
    }
}

extension String {
    /// The text in plain letters that this one passes for; nil where it is in plain letters itself, or passes for none.
    public var passesFor: String? {
        guard unicodeScalars.contains(where: { !$0.isASCII }) else { return nil }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars where !scalar.isUnseen {
            guard let shown = scalar.isASCII ? scalar : LatinTwins.twin(of: scalar), shown.isASCII else { return nil }
            result.append(shown)
        }
        return String(result)
    }
}
