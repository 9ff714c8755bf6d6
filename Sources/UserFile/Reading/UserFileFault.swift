/// One thing that is wrong with the content of a user file.
public struct UserFileFault: Sendable, Hashable, CustomStringConvertible {
    public enum Place: Sendable, Hashable {
        /// Both counted from 1, the column in characters.
        case line(Int, column: Int)
        /// Outside the records.
        case header
        /// - Parameters:
        ///   - position: 1 for the first record.
        ///   - accountName: nil when the record has none that can be read.
        case record(position: Int, accountName: String?)
    }

    public let place: Place
    /// The key at fault; nil when it is no single one.
    public let field: String?
    /// What is wrong, and what would be right.
    public let problem: String

    init(_ place: Place, field: String? = nil, _ problem: String) {
        self.place = place
        self.field = field
        self.problem = problem
    }

    public var description: String {
        [placeText, field.map { Excerpt($0).unquoted }, problem].compactMap(\.self).joined(separator: ": ")
    }

    private var placeText: String? {
        switch place {
        case .line(let line, let column): "line \(line), column \(column)"
        case .header: nil
        case .record(let position, let accountName?): "record \(position) (\(Excerpt(accountName).unquoted))"
        case .record(let position, nil): "record \(position)"
        }
    }
}

/// Gathers faults, so that a file is put right in one go, and stops gathering before a hostile one fills the memory.
struct UserFileFaults {
    /// How many are told.
    static let shownCount = 20

    private(set) var shown: [UserFileFault] = []
    private(set) var omittedCount = 0

    var isEmpty: Bool { shown.isEmpty }

    mutating func add(_ fault: UserFileFault) {
        if shown.count < Self.shownCount {
            shown.append(fault)
        } else {
            omittedCount += 1
        }
    }
}
