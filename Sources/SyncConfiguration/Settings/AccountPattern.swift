import DistinguishedNames

/// A pattern for account names as a shell has them for files: `*` is anything, `?` one character, `[a-c7]` one of these,
/// `[!a-c]` any other. Case does not count, as nowhere in an account name.
public struct AccountPattern: Hashable, Sendable, CustomStringConvertible {
    private enum Step: Hashable, Sendable {
        case anything
        case one
        case character(Unicode.Scalar)
        case anyOf([ClosedRange<Unicode.Scalar>], isNegated: Bool)

        func matches(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .anything, .one: true
            case .character(let own): own == scalar
            case .anyOf(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
            }
        }
    }

    public let description: String
    private let steps: [Step]

    /// Nil for a bracket that is not closed, holds nothing, or a range that runs backwards.
    init?(_ text: String) {
        description = text
        var steps: [Step] = []
        var rest = Array(Self.folded(text))[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*": steps.append(.anything)
            case "?": steps.append(.one)
            case "[":
                guard let step = Self.bracket(&rest) else { return nil }
                steps.append(step)
            default: steps.append(.character(scalar))
            }
        }
        self.steps = steps
    }

    /// Whether no name can be without it.
    var matchesEverything: Bool { !steps.isEmpty && steps.allSatisfy { $0 == .anything } }

    public func matches(_ accountName: String) -> Bool {
        let name = Array(Self.folded(accountName))
        var (position, step) = (0, 0)
        // Where the latest `*` stands, and how far it reaches by now: no earlier one ever has to give way.
        var retry: (position: Int, step: Int)?
        while position < name.count || step < steps.count {
            if step < steps.count, steps[step] == .anything {
                retry = (position, step)
                step += 1
            } else if step < steps.count, position < name.count, steps[step].matches(name[position]) {
                (position, step) = (position + 1, step + 1)
            } else if let last = retry, last.position < name.count {
                retry = (last.position + 1, last.step)
                (position, step) = (last.position + 1, last.step + 1)
            } else {
                return false
            }
        }
        return true
    }

    private static func folded(_ text: String) -> String.UnicodeScalarView { NameKey(text).description.unicodeScalars }

    /// What stands behind `[`, up to the `]`, which counts as a character where it comes first.
    private static func bracket(_ rest: inout ArraySlice<Unicode.Scalar>) -> Step? {
        let isNegated = rest.first == "!"
        if isNegated { rest = rest.dropFirst() }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while let first = rest.popFirst(), first != "]" || ranges.isEmpty {
            var last = first
            if rest.first == "-", let end = rest.dropFirst().first, end != "]" {
                last = end
                rest = rest.dropFirst(2)
            }
            guard first <= last else { return nil }
            ranges.append(first...last)
            if rest.isEmpty { return nil }
        }
        return ranges.isEmpty ? nil : .anyOf(ranges, isNegated: isNegated)
    }
}
