import DistinguishedNames

enum DistinguishedNameProperties {
    static func check(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self), let name = try? DistinguishedName(parsing: text)
        else {
            return
        }
        guard let again = try? DistinguishedName(parsing: name.description) else {
            violated("a name's own text is none: \(name.description)")
        }
        guard again == name, again.description.isIdenticalText(to: name.description),
            zip(again.components, name.components).allSatisfy({ $0.value.isIdenticalText(to: $1.value) })
        else { violated("a name reads back as another: \(name.description)") }
        guard let leaf = name.leaf, let parent = name.parent else { return }
        guard parent.appending(leaf) == name, name.isDescendant(of: parent),
            name.relative(to: parent) == DistinguishedName([leaf])
        else { violated("a name is not below its parent: \(name.description)") }
        // As one value of another name, all of it is data.
        let inside = parent.appending(.commonName(text))
        guard (try? DistinguishedName(parsing: inside.description))?.components.count == name.components.count else {
            violated("a value escapes from its name: \(inside.description)")
        }
    }
}
