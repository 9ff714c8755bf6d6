import Directory
import SourceRecords
import SyncTestSupport
import Testing

@Suite("Templates")
struct TemplateTests {
    private static let jane = record(
        1, "Jane Doe", "jdoe", in: ["Operators"],
        [
            "givenName": "Jürgen-Ågot", "sn": "O'Neill Weiß", "employeeID": "0042", "title": nil, "l": "Łódź",
            "otherTelephone": ["1", "2"], "thumbnailPhoto": .one(.binary([0xFF])), "street": "Привет",
        ])

    /// What `attribute_map` makes of a template for a record.
    private func made(_ template: String, of user: SourceUser = jane) throws -> AttributeValues? {
        let map = AttributeMap(rules: [("info", .template(try Template(parsing: template)))])
        let population = SourcePopulation(timestamp: nil, domain: nil, users: [user.at(1)])
        let mapped = try RecordMapping(attributes: map).apply(to: population)
        if let fault = mapped.faults[1] { throw fault }
        return mapped.users[0].attributes["info"]
    }

    @Test(
        "A template is filled from the record",
        arguments: [
            ("{sAMAccountName}", "jdoe"), ("{cn}", "Jane Doe"), ("{employeeID}", "0042"),
            ("no places", "no places"), ("{{{cn}}}", "{Jane Doe}"), ("{CN|upper}", "JANE DOE"),
            ("{givenName|ascii|lower}.{sn|ascii|token|lower}@plant.test", "juergen-aagot.oneillweiss@plant.test"),
            ("{sn|ascii}", "O'Neill Weiss"), ("{l|ascii|lower}", "lodz"), ("{givenName|truncate:3}", "Jür"),
            ("{title|default:none}", "none"), ("{title|default:Staff|upper}", "STAFF"),
            ("{sn|token|truncate:4|lower}{employeeID}", "onei0042"),
        ])
    func fills(_ template: String, _ text: String) throws {
        #expect(try made(template) == .one(.text(text)))
    }

    @Test(
        "What is empty and has no default makes nothing of the whole",
        arguments: ["{title}", "x{title}y", "{sn|token}{title|lower}"])
    func empty(_ template: String) throws {
        #expect(try made(template) == AttributeValues.none)
    }

    @Test(
        "A mark of its own means what the letter with the mark means",
        arguments: [
            ("Mu\u{308}ller", "Mueller"), ("A\u{30A}se", "AAse"), ("Jose\u{301}", "Jose"), ("Straße", "Strasse"),
            ("Øre", "OEre"), ("Þór", "THor"), ("d’Arc", "d'Arc"),
            ("Lebœuf", "Leboeuf"), ("Œuvre", "OEuvre"), ("Ĳssel", "IJssel"), ("van Dĳk", "van Dijk"),
        ])
    func decomposed(_ name: String, _ ascii: String) throws {
        let user = record(1, name, "x")
        #expect(try made("{cn|ascii}", of: user) == .one(.text(ascii)))
    }

    @Test(
        "A record that cannot fill a template is told with field, template and reason",
        arguments: [
            ("{street|ascii}", #""П" (U+41F) has no form in ASCII"#),
            ("{otherTelephone}", "has 2 values, and one is wanted"),
            ("{thumbnailPhoto}", "is no text"),
        ])
    func unfit(_ template: String, _ reason: String) throws {
        let fault = try #require(throws: RecordFault.self) { try made(template) }
        #expect(fault.field == "info")
        #expect(fault.reason.hasPrefix("attribute_map, \(template): ") && fault.reason.hasSuffix(reason), "\(fault)")
    }

    @Test(
        "A template that cannot be read tells where, and what was expected",
        arguments: [
            ("{cn", 4, "a } that ends the place"), ("cn}", 3, "written }}"), ("{}", 2, "the name of an attribute"),
            ("{ cn}", 2, "the name of an attribute"),
            ("{cn|}", 5, "lower, upper, ascii, token, truncate:20 or default:text"),
            ("{cn|LOWER}", 5, "not \"LOWER\""), ("{cn|lower:2}", 5, "lower without an argument"),
            ("{cn|truncate}", 5, "truncate:N with a number"), ("{cn|truncate:0}", 5, "from 1 to 1024"),
            ("{cn|truncate:x}", 5, "from 1 to 1024"), ("{cn|default:}", 5, "default:text with a text"),
            ("{memberOf}", 2, "an attribute with a text"), ("{disabled}", 2, "an attribute with a text"),
            ("{a{b}}", 2, "the name of an attribute"),
        ])
    func syntax(_ template: String, _ position: Int, _ expected: String) throws {
        let error = try #require(throws: TemplateError.self) { try Template(parsing: template) }
        #expect(error.position == position)
        #expect(error.expected.contains(expected), "\(error.expected)")
    }
}
