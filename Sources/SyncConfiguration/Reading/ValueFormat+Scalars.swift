import JSONShapes
import StrictJSON

extension ValueFormat<Bool> {
    static let boolean = ValueFormat("boolean", .boolean) { node, location, findings in
        if case .bool(let flag) = node.value { return flag }
        findings.reject(node, at: location, expected: "true or false, without quotes")
        return nil
    }
}

extension ValueFormat<Int> {
    static func integer(_ range: ClosedRange<Int>, unit: String? = nil) -> ValueFormat {
        ValueFormat(unit.map { "number of \($0)" } ?? "integer", .integer(range)) { node, location, findings in
            if case .number(let text) = node.value, let number = Double(text).flatMap(Int.init(exactly:)),
                range.contains(number)
            {
                return number
            }
            let bounds =
                range.upperBound == .max
                ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
            findings.reject(node, at: location, expected: "a whole number \(bounds)")
            return nil
        }
    }
}

extension ValueFormat<Duration> {
    static func seconds(_ range: ClosedRange<Double>) -> ValueFormat {
        ValueFormat("number of seconds", .number(range)) { node, location, findings in
            if case .number(let text) = node.value, let seconds = Double(text), range.contains(seconds) {
                return .seconds(seconds)
            }
            let bounds = "\(Int(range.lowerBound)) to \(Int(range.upperBound))"
            findings.reject(node, at: location, expected: "a number of seconds from \(bounds)")
            return nil
        }
    }
}

extension ValueFormat<Void> {
    /// For a key that is accepted and has no effect, whatever its value.
    static func withoutEffect(_ name: String, _ message: String) -> ValueFormat {
        ValueFormat(name, .anything) { _, location, findings in findings.warn(location, .notice, message) }
    }
}

extension ValueFormat where Value: RawRepresentable<String> & CaseIterable {
    /// One of the type's raw values, in any case.
    static var choice: ValueFormat {
        let words = Value.allCases.map(\.rawValue)
        let choices = words.map(\.jsonLiteral)
        let expected = ([choices.dropLast().joined(separator: ", ")] + choices.suffix(1))
            .filter { !$0.isEmpty }.joined(separator: " or ")
        return ValueFormat(expected, .choice(words, ignoresCase: true)) { node, location, findings in
            if case .string(let text) = node.value,
                let value = Value.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() })
            {
                return value
            }
            findings.reject(node, at: location, expected: expected)
            return nil
        }
    }
}
