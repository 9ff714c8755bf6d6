import JSONShapes
import StrictJSON

extension ValueFormat {
    /// A list of such values. Every element is looked at, also after a wrong one.
    static func list<Element>(
        _ name: String, of element: ValueFormat<Element>
    ) -> ValueFormat where Value == [Element] {
        ValueFormat(name, .list(element.shape)) { node, location, findings in
            guard case .array(let nodes) = node.value else {
                findings.reject(node, at: location, expected: "a \(name)")
                return nil
            }
            let elements = nodes.enumerated().map { index, node in
                element.read(node, location.appending(index: index), &findings)
            }
            let valid = elements.compactMap(\.self)
            return valid.count == elements.count ? valid : nil
        }
    }

    /// Such a value, or a list of them.
    static func oneOrMore<Element>(
        _ name: String, of element: ValueFormat<Element>
    ) -> ValueFormat where Value == [Element] {
        ValueFormat(name, element.shape.orList()) { node, location, findings in
            guard case .array = node.value else { return element.read(node, location, &findings).map { [$0] } }
            return list(name, of: element).read(node, location, &findings)
        }
    }
}

extension Sequence where Element: Hashable {
    /// The elements in their order, each once.
    var withoutRepetition: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
