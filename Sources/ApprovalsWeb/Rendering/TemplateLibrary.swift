import Mustache

/// The templates, parsed once; escaping follows from where in the markup a variable stands.
struct TemplateLibrary: Sendable {
    private let library: MustacheLibrary

    /// Parsing them takes a while: once is enough.
    static let shared = Result { try TemplateLibrary() }

    /// - Throws: `MustacheTemplate.ParserError` for a template that is none; tests see to it that there is none such.
    init() throws {
        MustacheContentTypes.register(ElementText(), named: Self.element)
        MustacheContentTypes.register(AttributeText(), named: Self.attribute)
        library = try MustacheLibrary(
            templates: Self.sources.mapValues { source in
                try MustacheTemplate(string: Self.markingContexts(in: String(decoding: source, as: UTF8.self)))
            })
    }

    func render(_ model: Any, with name: String) -> String {
        library.render(model, withTemplate: name) ?? ""
    }

    /// Says before each tag of the markup that attributes follow, and behind it that text does.
    ///
    /// Sections stand either outside of tags or within one, never across its border.
    static func markingContexts(in source: String) -> String {
        var result = pragma(element)
        var rest = source[...]
        while let character = rest.first {
            if rest.hasPrefix("{{") {
                let end = rest.firstRange(of: "}}")?.upperBound ?? rest.endIndex
                result += rest[..<end]
                rest = rest[end...]
                continue
            }
            if character == "<", rest.dropFirst().first.map({ $0.isLetter || $0 == "/" || $0 == "!" }) ?? false {
                result += pragma(attribute)
            }
            result.append(character)
            if character == ">" { result += pragma(element) }
            rest.removeFirst()
        }
        return result
    }

    private static func pragma(_ name: String) -> String { "{{% CONTENT_TYPE: \(name)}}" }

    private static let element = "APPROVALS-ELEMENT"
    private static let attribute = "APPROVALS-ATTRIBUTE"
}
