import SyncConfiguration
import Testing

@Suite struct SyntaxTests {
    @Test(arguments: [
        ("", "line 1, column 1: the file is empty"),
        (" \n \n", "line 3, column 1: the file is empty"),
        ("[]", "line 1: expected an object, not a list (the value given is not shown)"),
        ("{", "line 1, column 2: expected a key in double quotes, but the file ends"),
        (
            "{\n  \"a\": 1,\n}",
            "line 3, column 1: expected another entry after the comma; JSON has none after the last entry"
        ),
        (
            "{\"a\": [1,]}",
            "line 1, column 10: expected another entry after the comma; JSON has none after the last entry"
        ),
        ("{\"a\": 1\n \"b\": 2}", "line 2, column 2: expected ',' or '}' after the value"),
        ("{'a': 1}", "line 1, column 2: expected a key in double quotes; JSON strings stand in double quotes"),
        ("{\n// why\n}", "line 2, column 1: expected a key in double quotes; JSON has no comments"),
        ("{\"ä\": \"abc}", "line 1, column 7: the string is not closed"),
        (#"{"a": "C:\users.json"}"#, "line 1, column 10: expected four hexadecimal digits after \\u"),
        (#"{"a": "C:\sync"}"#, #"line 1, column 10: a backslash in a string is written twice: \\"#),
        ("{\"a\": \"x\ny\"}", "line 1, column 9: a string cannot contain a line break"),
        ("{} {}", "line 1, column 4: expected the end of the file"),
    ])
    func aSyntaxErrorStandsAloneAndNamesLineAndColumn(text: String, message: String) throws {
        let problems = exportProblems(text)
        #expect(problems.count == 1)
        #expect(try #require(problems.first).hasPrefix(message))
    }

    @Test(arguments: [
        #"{"bind": {"password": hunter2}}"#, #"{"bind": {"password": 'hunter2'}}"#, #"{"password": "a" hunter2}"#,
        #"{"hmac": "\hunter2"}"#, #"{"hmac": "hunter2"#, "{\"hmac\": \"hunter2\n\"}", "{} hunter2",
    ])
    func aSyntaxErrorNeverQuotesTheText(text: String) {
        let problems = exportProblems(text)
        #expect(problems.count == 1)
        #expect(problems.allSatisfy { !$0.contains("hunter2") }, "\(problems)")
    }

    @Test func deepNestingIsRefusedBeforeItExhaustsTheStack() {
        let text = String(repeating: "[", count: 100_000)
        #expect(exportProblems(text) == ["line 1, column 33: more than 32 levels are nested"])
    }

    @Test func escapesAreResolved() throws {
        let text = Sample.export.with("export_file", #""\u00fc\ud83d\ude00\/\"""#).text
        #expect(try exportConfiguration(text).exportFile == "ü😀/\"")
    }

    @Test func windowsLineEndsAndByteOrderMarksDoNotMatter() throws {
        let text = "\u{FEFF}" + Sample.export.text.split(separator: "\n").joined(separator: "\r\n")
        #expect(try exportConfiguration(text) == exportConfiguration(Sample.export.text))
    }

    @Test func linesAreCountedWithWindowsLineEndsToo() {
        let text = Sample.export.with("anchor", "1").text.split(separator: "\n").joined(separator: "\r\n")
        #expect(exportProblems(text).map { $0.hasPrefix("line 6: anchor: ") } == [true])
    }

    @Test func windows1252IsNamedWithItsLine() throws {
        let bytes = Array(Sample.export.text.utf8).map { $0 == UInt8(ascii: "P") ? 0xFC : $0 }
        let error = #expect(throws: ConfigurationError.self) {
            try ExportConfiguration(contents: bytes, file: "export-config.json", permissions: nil)
        }
        let message = "line 4, column 1: not UTF-8, probably Windows-1252 (\"ANSI\"); save the file as UTF-8"
        #expect(try #require(error).problems.map(\.description) == [message])
    }

    @Test(arguments: [[0xFF, 0xFE, 0x7B, 0x00], [0xFE, 0xFF, 0x00, 0x7B], [0x7B, 0x00, 0x7D, 0x00]] as [[UInt8]])
    func utf16IsNamed(bytes: [UInt8]) throws {
        let error = #expect(throws: ConfigurationError.self) {
            try ImportConfiguration(contents: bytes, file: "import-config.json", permissions: nil)
        }
        #expect(
            try #require(error).problems.map(\.description) == ["the file is UTF-16 or no text; save it as UTF-8"]
        )
    }
}
