import ArgumentParser
import JSONShapes
import SyncConfiguration

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print what a file may hold: a JSON Schema, for editors, or a reference.",
        discussion: """
            An editor that knows the schema of a file completes its keys and underlines mistakes while they are made. Save it, \
            and let "$schema" in a configuration name it; for the other files, editors have a setting of their own.
            """)

    @Argument(help: "Of which file.")
    var document: Document

    @Option(help: "How to print it: as json, or as markdown.")
    var format = Format.json

    enum Document: String, CaseIterable, ExpressibleByArgument {
        case exportConfiguration = "export-config"
        case importConfiguration = "import-config"
        case userFile = "user-file"
        case resolutions
    }

    enum Format: String, CaseIterable, ExpressibleByArgument { case json, markdown }

    func run() throws {
        let schema = document.schema
        switch format {
        case .json: print(try schema.text(), terminator: "")
        case .markdown: print(MarkdownReference(schema.root.fields).text, terminator: "")
        }
    }
}
