/// What the JSON values of one kind look like, as far as a JSON Schema can tell.
///
/// Every value that the reader of the kind takes has its shape. The reader checks more (that a name is one, that two keys go
/// together), and its messages say what to do; the shape is for editors, which complete and underline while somebody writes.
public indirect enum JSONShape: Hashable, Sendable {
    case anything
    case null
    case boolean
    /// A whole number. A bound that is `Int.min` or `Int.max` is none.
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    /// A text of at least so many characters. Some part of it matches the pattern, a regular expression of ECMA 262.
    case text(minimumLength: Int = 1, pattern: String? = nil)
    /// One of these words.
    case choice([String], ignoresCase: Bool = false)
    case list(JSONShape, minimumCount: Int = 0)
    /// An object with these keys, and others whose values are of another shape; nil where there must be no others.
    case object([JSONField], others: JSONShape? = nil)
    case anyOf([JSONShape])

    /// An object whose keys are anybody's.
    public static func map(of shape: JSONShape) -> JSONShape { .object([], others: shape) }

    /// A value of this shape, or a list of them.
    public func orList(minimumCount: Int = 0) -> JSONShape { .anyOf([self, .list(self, minimumCount: minimumCount)]) }

    /// A value of this shape, or `null`.
    public var orNull: JSONShape { .anyOf([self, .null]) }

    /// The keys of the object that a value is, or a list is made of.
    public var fields: [JSONField] {
        switch self {
        case .object(let fields, _): fields
        case .list(let element, _): element.fields
        case .anyOf(let shapes): shapes.lazy.map(\.fields).first { !$0.isEmpty } ?? []
        case .anything, .null, .boolean, .integer, .number, .text, .choice: []
        }
    }
}
