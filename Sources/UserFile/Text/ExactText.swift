import DistinguishedNames

/// A text that equals another only byte by byte. `String` takes NFC and NFD forms for equal; a directory keeps them apart.
struct ExactText: Hashable {
    private let text: String

    init(_ text: String) { self.text = text }

    static func == (left: Self, right: Self) -> Bool { left.text.isIdenticalText(to: right.text) }

    func hash(into hasher: inout Hasher) { text.hashText(into: &hasher) }
}
