import DistinguishedNames
import SyncConfiguration
import Testing

@Suite struct GroupFilterTests {
    private static let path = "OU=Groups,DC=source,DC=test"

    private func groups(_ text: String) throws -> [String] { try groups(Array(text.utf8)) }

    private func groups(_ contents: [UInt8]) throws -> [String] {
        let filter = try GroupFilter(
            contents: contents, file: "group_filter.txt", groupPath: try DistinguishedName(parsing: Self.path))
        return filter.groups.map(\.description)
    }

    private func problems(_ text: String) -> String? { problems(Array(text.utf8)) }

    private func problems(_ contents: [UInt8]) -> String? {
        do {
            _ = try groups(contents)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func eachLineIsAGroup() throws {
        let text = """
            # The groups of the plant

            CN=Operators
              CN=Viewers,OU=Plant\u{20}\u{20}\t
            \t# not yet: CN=Visitors
            CN=Engineers    # 57 members, 2 nested: CN=Trainees
            CN=Night shift\t# "quoted"
            cn=operators
            """
        #expect(try groups(text) == ["CN=Operators", "CN=Viewers,OU=Plant", "CN=Engineers", "CN=Night shift"])
    }

    @Test(arguments: [
        "CN=Operators\nCN=Viewers", "CN=Operators\r\nCN=Viewers\r\n", "\u{FEFF}CN=Operators\r\n\r\nCN=Viewers # x\r\n",
        "CN=Operators\n\n\n# x\nCN=Viewers\n",
    ])
    func lineEndsAndAByteOrderMarkDoNotMatter(text: String) throws {
        #expect(try groups(text) == ["CN=Operators", "CN=Viewers"])
    }

    @Test(arguments: [
        (#"CN=C#"#, "C#"), (#"CN=C# # remark"#, "C#"), (#"CN=C \23 sharp"#, "C # sharp"),
        (##"CN=C \# sharp"##, "C # sharp"),
        (#"CN=\23one # remark"#, "#one"), (#"CN="a # b" # remark"#, "a # b"), (#"CN=a\"b # c"#, #"a"b"#),
        (#"CN=ends\20 # remark"#, "ends "), (#"CN=ends\  # remark"#, "ends "), (#"CN=ends\ "#, "ends "),
        (#"CN=a\\ # remark"#, #"a\"#), (#"CN=Smith\, John#1"#, "Smith, John#1"),
        ("CN=M\u{FC}ller # \u{FC}", "M\u{FC}ller"),
    ])
    func aNumberSignIsARemarkOnlyAfterWhiteSpace(line: String, name: String) throws {
        guard case .group(let group, _) = try GroupFilterLine(parsing: line) else {
            Issue.record("no group in \(line)")
            return
        }
        #expect(group.components.map(\.value) == [name])
    }

    @Test func everyWrongLineIsNamed() {
        let text = #"""
            Operators
            CN=Fine
            CN=A\,B,OU=Groups,DC=source,DC=test
            CN=Elsewhere,DC=other,DC=test  # remark
            CN=
            CN="open
            """#
        #expect(
            problems(text) == #"""
                group_filter.txt: 5 problems
                  line 1: "Operators" given; expected a relative distinguished name, such as CN=Operators: a level has no '='
                  line 3: "CN=A\,B,OU=Groups,DC=source,DC=test" given; expected a name relative to group_path: CN=A\,B
                  line 4: "CN=Elsewhere,DC=other,DC=test" given; expected a name relative to group_path, without DC parts
                  line 5: "CN=" given; expected a relative distinguished name, such as CN=Operators: a level has no value after '='
                  line 6: "CN="open" given; expected a relative distinguished name, such as CN=Operators: a quoted value is not closed
                """#)
    }

    @Test func aControlCharacterIsNoPartOfAName() {
        #expect(
            problems("CN=a\tb\n")
                == "group_filter.txt: 1 problem\n  line 1: \"CN=a\u{FFFD}b\" given; expected a name without control characters"
        )
    }

    @Test(arguments: [
        ([UInt8]("CN=Fine\nCN=M".utf8) + [0xFC], "line 2, column 1: not UTF-8, probably Windows-1252"),
        ([0xFF, 0xFE, 0x43, 0x00], "the file is UTF-16 or no text; save it as UTF-8"),
    ])
    func anotherEncodingIsNotGuessedAt(contents: [UInt8], message: String) throws {
        #expect(try #require(problems(contents)).contains(message))
    }

    @Test(arguments: ["", "\n", "# CN=Operators\n\n   \n"])
    func aFileWithoutGroupsIsAnError(text: String) throws {
        #expect(
            problems(text)
                == "group_filter.txt: 1 problem\n  missing; expected: a group in a line of its own, such as "
                + "CN=Operators; who wants no memberships leaves group_filter_file out")
    }

    // MARK: - Printing

    private static let hostileNames = [
        "Operators", "Smith, John", "#1", "C#", "C # sharp", " before", "after ", "  ", "a\"b", "\"quoted\"",
        "back\\slash",
        "ends\\", "ends\\ ", "\\# ", "M\u{FC}ller & S\u{F6}hne", "Mu\u{308}ller", "\u{65E5}\u{672C}", "a=b+c;d<e>f",
        "*(x)",
        "line\u{2028}break", "tab\there", "new\nline", "\u{A0}hard space\u{A0}", "\u{202E}turned",
        "\u{1F469}\u{200D}\u{1F527}",
        "# CN=Operators    # 5 members", "nul\u{0}",
    ]

    @Test(arguments: hostileNames, [nil, "", "57 members, 2 nested: CN=a \"b\\", "#", "two\nlines"])
    func whatIsPrintedIsReadAgain(name: String, remark: String?) throws {
        let group = DistinguishedName([.commonName(name), RelativeDistinguishedName(attribute: "OU", value: name)])
        let text = GroupFilterLine.group(group, remark: remark).text(remarksAt: 40)
        #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control || $0.value == 0x2028 })
        guard case .group(let read, let readRemark) = try GroupFilterLine(parsing: text) else {
            Issue.record("no group in \(text)")
            return
        }
        #expect(read.components.map { Array($0.value.utf8) } == [Array(name.utf8), Array(name.utf8)])
        #expect((readRemark == nil) == (remark == nil))
        if remark != "two\nlines" { #expect(readRemark == remark) }
    }

    @Test(arguments: hostileNames)
    func aPrintedNameSurvivesAnEditorThatCutsTheEndsOfLines(name: String) throws {
        let text = GroupFilterLine.group(DistinguishedName([.commonName(name)])).text()
        #expect(text.last.map { !$0.isWhitespace } == true)
    }

    @Test func remarksStandBelowOneAnother() throws {
        let lines: [GroupFilterLine] = [
            .remark("2 groups"), .blank, .group(try DistinguishedName(parsing: "CN=A"), remark: "1 member"),
            .group(try DistinguishedName(parsing: "CN=Long \\# name"), remark: "2 members"),
            .group(try DistinguishedName(parsing: "CN=Without any remark at all")),
        ]
        let column = GroupFilterLine.remarkColumn(of: lines)
        #expect(
            lines.map { $0.text(remarksAt: column) } == [
                "# 2 groups", "", "CN=A                # 1 member", "CN=Long \\23 name    # 2 members",
                "CN=Without any remark at all",
            ])
    }

    // MARK: - The key

    @Test func theFileTakesThePlaceOfSearchGroups() throws {
        let configuration = try exportConfiguration(
            Sample.export.with("group_filter_file", #""group_filter.txt""#).text)
        #expect(configuration.groupFilterFile == "group_filter.txt")
        #expect(configuration.searchGroups.isEmpty)
        let filter = try GroupFilter(
            contents: Array("CN=Operators # 3".utf8), file: "group_filter.txt", groupPath: configuration.groupPath)
        #expect(configuration.searching(filter).searchGroups.map(\.description) == ["CN=Operators"])
    }

    @Test(arguments: ["[]", #"["CN=Operators"]"#])
    func bothAreOneTooMany(groups: String) {
        let text = Sample.export.with("search_groups", groups).with("group_filter_file", #""f.txt""#).text
        #expect(
            exportProblems(text) == [
                "line 7: group_filter_file: the groups stand in search_groups already; leave one of both out"
            ])
    }
}
