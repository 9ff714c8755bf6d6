import DistinguishedNames

/// A pattern as shells have it (POSIX.1-2017, XCU 2.13): `*`, `?`, `[a-z]`, `[!a-z]`, and `\` before a character that
/// stands for itself. Compared as ``NameKey`` compares: without case, outer and repeated spaces not counting.
public struct ShellPattern: Sendable, Equatable {
    private enum Piece: Sendable, Equatable {
        case anything
        case one
        case exactly(Unicode.Scalar)
        case oneOf([ClosedRange<Unicode.Scalar>], negated: Bool)

        func matches(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .anything, .one: true
            case .exactly(let wanted): scalar == wanted
            case .oneOf(let ranges, let negated): ranges.contains { $0.contains(scalar) } != negated
            }
        }
    }

    private let pieces: [Piece]

    public init(_ text: String) {
        let scalars = Array(NameKey(text).description.unicodeScalars)
        var pieces: [Piece] = []
        var index = 0
        while index < scalars.count {
            switch scalars[index] {
            case "*": pieces.append(.anything)
            case "?": pieces.append(.one)
            case "\\" where index + 1 < scalars.count:
                index += 1
                pieces.append(.exactly(scalars[index]))
            case "[":
                if let (piece, end) = Self.bracket(scalars, from: index) {
                    pieces.append(piece)
                    index = end
                } else {
                    pieces.append(.exactly("["))
                }
            default: pieces.append(.exactly(scalars[index]))
            }
            index += 1
        }
        self.pieces = pieces
    }

    /// Nil where no `]` follows; the bracket then stands for itself. One that comes first is a member.
    private static func bracket(_ scalars: [Unicode.Scalar], from start: Int) -> (Piece, end: Int)? {
        var index = start + 1
        let isNegated = index < scalars.count && (scalars[index] == "!" || scalars[index] == "^")
        if isNegated { index += 1 }
        let first = index
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while index < scalars.count, scalars[index] != "]" || index == first {
            let low = scalars[index]
            if index + 2 < scalars.count, scalars[index + 1] == "-", scalars[index + 2] != "]" {
                let high = scalars[index + 2]
                // `[z-a]` is empty.
                if low <= high { ranges.append(low...high) }
                index += 3
            } else {
                ranges.append(low...low)
                index += 1
            }
        }
        return index < scalars.count ? (.oneOf(ranges, negated: isNegated), index) : nil
    }

    /// Whether the whole of `name` is covered.
    public func matches(_ name: String) -> Bool {
        let scalars = Array(NameKey(name).description.unicodeScalars)
        var (piece, scalar) = (0, 0)
        // Where to go on after the last `*` has swallowed one more; only the last one ever needs to.
        var retry: (piece: Int, scalar: Int)?
        while scalar < scalars.count {
            if piece < pieces.count, pieces[piece] == .anything {
                retry = (piece + 1, scalar)
                piece += 1
            } else if piece < pieces.count, pieces[piece].matches(scalars[scalar]) {
                piece += 1
                scalar += 1
            } else if let (nextPiece, nextScalar) = retry {
                retry = (nextPiece, nextScalar + 1)
                (piece, scalar) = (nextPiece, nextScalar + 1)
            } else {
                return false
            }
        }
        return pieces[piece...].allSatisfy { $0 == .anything }
    }
}
