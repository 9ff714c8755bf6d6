import JSONShapes
import SyncConfiguration
import Testing

@Suite struct HelpTextTests {
    @Test func aKeyIsShownWithTypeDefaultMeaningAndExample() throws {
        let help = ConfigurationCatalogue.import.helpText(width: 80)
        let entry = """
            expiration_time (ISO 8601 duration; default: "P1M1D")
                How long after an export its users stay valid, as an ISO 8601 duration of
                more than a day. Months and years are those of the calendar. When the
                exports stop, the access runs out.
                Example: "P2W"
            """
        #expect(help.contains("\n\n\(entry)\n\n"))
    }

    @Test func aRequiredKeySaysSo() {
        let help = ConfigurationCatalogue.export.helpText()
        #expect(help.contains("\nuser_path (distinguished name or a list of them; required)\n"))
        #expect(help.contains("\nbind (object; required)\n"))
    }

    @Test(arguments: [ConfigurationCatalogue.export, .import])
    func everyKeyIsShownInOrder(catalogue: ConfigurationCatalogue) {
        let headings = catalogue.helpText().split(separator: "\n").filter { !$0.hasPrefix(" ") }
        #expect(headings.map { $0.prefix { $0 != " " } } == catalogue.keys.map { $0.name[...] })
    }

    @Test(arguments: [40, 60, 80, 132])
    func linesKeepToTheWidth(width: Int) {
        let lines = ConfigurationCatalogue.import.helpText(width: width).split(separator: "\n")
        // Examples stay whole, to be pasted.
        for line in lines where !line.contains("Example: ") { #expect(line.count <= width) }
    }
}
