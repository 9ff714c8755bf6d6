import StrictJSON

/// Prints JSON in the one form the contract fixes: four-space indent, everything but ASCII controls raw, no escaped
/// slashes. Objects and arrays of objects take a line for each member; arrays of plain values stand on one line.
///
/// Printed by hand because that form, down to the byte, is what is signed and compared; Foundation's encoder indents
/// by two and cannot keep the order of keys.
struct JSONPrinter {
    private(set) var bytes: [UInt8] = []
    private var depth: Int
    private var isFirst = true

    /// - Parameter depth: how many levels stand around what is printed.
    init(depth: Int = 0) { self.depth = depth }

    mutating func object(_ members: (inout JSONPrinter) throws -> Void) rethrows { try block("{", "}", members) }

    /// An array whose elements take a line each.
    mutating func array(_ elements: (inout JSONPrinter) throws -> Void) rethrows { try block("[", "]", elements) }

    /// A value that was printed before, at this depth.
    mutating func printed(_ value: ArraySlice<UInt8>) { bytes.append(contentsOf: value) }

    /// Hands over what was printed so far, so that a large text is never there as a whole.
    mutating func drain(into output: ([UInt8]) throws -> Void) rethrows {
        try output(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Begins a member; its value must follow.
    mutating func key(_ key: String) {
        separator()
        string(key)
        bytes.append(contentsOf: ": ".utf8)
    }

    /// Begins an element of an array; its value must follow.
    mutating func element() { separator() }

    /// An array on one line.
    mutating func row<Element>(_ elements: [Element], _ print: (inout JSONPrinter, Element) -> Void) {
        bytes.append(UInt8(ascii: "["))
        for (offset, element) in elements.enumerated() {
            if offset > 0 { bytes.append(contentsOf: ", ".utf8) }
            print(&self, element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func null() { bytes.append(contentsOf: "null".utf8) }

    mutating func bool(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }

    mutating func integer(_ value: some FixedWidthInteger) { bytes.append(contentsOf: String(value).utf8) }

    mutating func string(_ text: String) { bytes.appendJSONLiteral(text) }

    /// `{"key": "text"}` on one line.
    mutating func row(key: String, string text: String) {
        bytes.append(UInt8(ascii: "{"))
        string(key)
        bytes.append(contentsOf: ": ".utf8)
        string(text)
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func block(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ content: (inout JSONPrinter) throws -> Void
    ) rethrows {
        bytes.append(UInt8(ascii: open))
        depth += 1
        isFirst = true
        try content(&self)
        depth -= 1
        if !isFirst { newLine() }  // an empty one closes where it opened
        isFirst = false
        bytes.append(UInt8(ascii: close))
    }

    private mutating func separator() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        newLine()
    }

    private mutating func newLine() {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 4 * depth))
    }
}
