import Directory
import Testing

@Suite("The attributes of an object")
struct AttributeRowTests {
    private static let long = String(repeating: "ä", count: 20_000)
    private static let values: [AttributeValues] = [
        .none, .one(.text("")), .one(.text("Jane")), .one(.text(long)), .one(.binary([0, 0xFF, 0x80])),
        .many([.text("b"), .text("a")]), .many([.binary([0xFF]), .text("a"), .text(long)]),
    ]

    @Test("What goes in comes out, wherever it stands", arguments: values.indices)
    func comesBack(index: Int) {
        let names = Self.values.indices.map { AttributeName("a\($0)") }
        let row = AttributeRow(names: names, values: Self.values)
        #expect(row[names[index]] == Self.values[index])
        #expect(row.values[index] == Self.values[index])
        #expect(row["absent"] == nil)
    }

    @Test("The order of several values means nothing, the form of a text everything")
    func equality() {
        func row(_ values: AttributeValues) -> AttributeRow { AttributeRow(names: ["a"], values: [values]) }
        #expect(row(.many([.text("b"), .text("a")])) == row(.many([.text("a"), .text("b")])))
        #expect(row(.one(.text("J\u{FC}rgen"))) != row(.one(.text("Ju\u{308}rgen"))))
        #expect(row(.one(.text("abc"))) == row(.one(.binary(Array("abc".utf8)))))
        #expect(row(.one(.text("ab"))) != row(.many([.text("a"), .text("b")])))
        #expect(row(.none) != row(.one(.text(""))))
        #expect(AttributeRow(names: ["A"], values: [.none]) == AttributeRow(names: ["a"], values: [.none]))
    }
}
