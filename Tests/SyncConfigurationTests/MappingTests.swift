import Directory
import DistinguishedNames
import SourceRecords
import SyncConfiguration
import Testing

@Suite struct MappingTests {
    private func mapping(_ key: String, _ value: String) throws -> RecordMapping {
        try importConfiguration(Sample.import.with(key, value).text).mapping
    }

    @Test func nothingIsMappedByDefault() throws {
        #expect(try importConfiguration(Sample.import.text).mapping == RecordMapping())
    }

    @Test func aRuleRenamesFillsSetsOrDrops() throws {
        let rules = try mapping(
            "attribute_map",
            #"{"employeeNumber": "employeeID", "company": {"constant": "Plant"}, "info": {"template": "{cn|lower}"}, "fax": null}"#
        ).attributes.rules
        #expect(rules.map(\.target) == ["employeeNumber", "company", "info", "fax"])
        #expect(
            rules.map(\.rule)
                == [
                    .renamed(from: "employeeID"), .constant("Plant"), .template(try Template(parsing: "{cn|lower}")),
                    .dropped,
                ])
    }

    @Test func principalNamesAndManagersMayBeLeftOutOrTakenFromAnAttribute() throws {
        let map = #"{"userPrincipalName": null, "manager": "extensionAttribute1"}"#
        #expect(try mapping("attribute_map", map).attributes.rules.map(\.rule).count == 2)
    }

    @Test func placesAreRelativeToTheContainer() throws {
        let rules = try mapping(
            "ou_map", #"[{"filter": "(department=x)", "ou": "OU=B,OU=A"}, {"ou": "."}]"#
        ).units.rules
        #expect(rules[0].filter?.description == "(department=x)")
        #expect(rules.map(\.unit.description) == ["OU=B,OU=A", ""])
        #expect(rules[1].filter == nil)
    }

    @Test func theSuffixIsADNSName() throws {
        #expect(try mapping("upn_suffix", #""plant.example""#).principalNameSuffix == "plant.example")
        #expect(try mapping("upn_suffix", "null").principalNameSuffix == nil)
    }

    @Test(arguments: [
        ("attribute_map", "[]", "expected an object such as"),
        (
            "attribute_map", #"{"e mail": "mail"}"#,
            #"attribute_map."e mail": "e mail" given; expected an attribute name"#
        ),
        (
            "attribute_map", #"{"mail": 5}"#,
            #"attribute_map.mail: 5 given; expected an attribute of the file, {"constant": "…"}"#
        ),
        ("attribute_map", #"{"mail": {"const": "x"}}"#, "attribute_map.mail: "),
        ("attribute_map", #"{"mail": {"constant": "x", "template": "y"}}"#, "attribute_map.mail: "),
        ("attribute_map", #"{"mail": "memberOf"}"#, "memberOf has keys of its own"),
        ("attribute_map", #"{"mail": {"template": "{cn|lowr}"}}"#, "attribute_map.mail.template: "),
        ("attribute_map", #"{"mail": {"template": "{cn|lowr}"}}"#, "at character 5: lower, upper, ascii"),
        ("attribute_map", #"{"mail": "cn", "MAIL": "sn"}"#, "each attribute once, whatever its case"),
        ("attribute_map", #"{"sAMAccountName": {"constant": "x"}}"#, "no two people have one sAMAccountName"),
        ("attribute_map", #"{"cn": {"template": "x"}}"#, "no two people have one cn"),
        ("attribute_map", #"{"samaccountname": null}"#, "no two people have one samaccountname"),
        (
            "attribute_map", #"{"userPrincipalName": {"constant": "a@b.test"}}"#,
            "a template, or null: no two people have one userPrincipalName"
        ),
        ("attribute_map", #"{"manager": {"constant": "Boss"}}"#, "managers are told by objectGUID"),
        ("attribute_map", #"{"manager": {"template": "CN={info}"}}"#, "managers are told by objectGUID"),
        ("ou_map", #"{"ou": "OU=A"}"#, "ou_map: "),
        ("ou_map", #"[{"filter": "(cn=x)"}]"#, "ou_map[0].ou: missing; expected: relative distinguished name"),
        ("ou_map", #"[{"filter": "(cn=x", "ou": "OU=A"}]"#, "ou_map[0].filter: "),
        ("ou_map", #"[{"filter": "(cn=x)", "ou": "OU=A,DC=plant,DC=test"}]"#, "relative to managed_user_path"),
        ("ou_map", #"[{"ou": ""}]"#, "expected a string that is not empty"),
        ("upn_suffix", #""plant""#, "expected a DNS name with a dot and without @, such as plant.example"),
        ("upn_suffix", #""@plant.example""#, "expected a DNS name"), ("upn_suffix", #""a..b""#, "expected a DNS name"),
        ("upn_suffix", #""-a.b""#, "expected a DNS name"), ("upn_suffix", #""größe.test""#, "expected a DNS name"),
    ])
    func faultsNameKeyPlaceAndWhatIsRight(key: String, value: String, expected: String) {
        let problems = importProblems(Sample.import.with(key, value).text)
        #expect(problems.count == 1)
        #expect(problems.contains { $0.contains(expected) }, "\(problems)")
    }
}
