import JSONShapes
import SyncConfiguration
import Testing

@Suite struct CatalogueTests {
    @Test(arguments: ConfigurationCatalogue.export.keys)
    func everyExampleOfExportIsAccepted(key: JSONField) {
        #expect(exportProblems(example(of: key, in: .export).text) == [])
    }

    @Test(arguments: ConfigurationCatalogue.import.keys)
    func everyExampleOfImportIsAccepted(key: JSONField) {
        #expect(importProblems(example(of: key, in: .import).text) == [])
    }

    /// What a hook that says little is like, ``NoticeTests`` says.
    @Test(arguments: ConfigurationCatalogue.import.keys.filter { $0.isJSONDefault && !$0.name.hasPrefix("hooks.") })
    func everyDefaultShownIsTheDefaultThatHolds(key: JSONField) throws {
        let defaultText = try #require(key.defaultText)
        let explicit = try importConfiguration(sample(.import, with: key.name, defaultText).text)
        #expect(try explicit.withoutWarnings == importConfiguration(Sample.import.text).withoutWarnings)
    }

    @Test func theRequiredKeysAreThoseWithoutWhichNothingWorks() {
        #expect(
            ConfigurationCatalogue.export.keys.filter(\.isRequired).map(\.name)
                == ["server", "bind", "user_path", "group_path"]
        )
        #expect(
            ConfigurationCatalogue.import.keys.filter(\.isRequired).map(\.name)
                == ["server", "bind", "input_file", "managed_user_path", "group_path", "ou_map.ou"]
        )
    }

    @Test func noKeyStandsTwice() {
        for catalogue in [ConfigurationCatalogue.export, .import] {
            #expect(Set(catalogue.keys.map(\.name)).count == catalogue.keys.count)
        }
    }

    private func example(of key: JSONField, in base: Sample) -> Sample {
        sample(base, with: key.name, key.example)
    }

    /// The value under a name that may lead into an object.
    private func sample(_ base: Sample, with name: String, _ value: String) -> Sample {
        let steps = name.split(separator: ".").map(String.init)
        guard steps.count == 2 else { return base.with(name, value) }
        let others =
            switch name {
            case "bind.password", "bind.password_file": #""user": "svc-sync@source.test", "#
            case "bind.method" where value.contains("simple"): #""user": "svc-sync@source.test", "#
            case "bind.principal", "bind.credential_cache": #""method": "gssapi", "#
            case "hooks.command", "hooks.url": ""
            case "hooks.to": #""command": ["a"], "format": "mail", "#
            case "hooks.from": #""command": ["a"], "format": "mail", "to": ["a@b.test"], "#
            case "hooks.retries", "hooks.headers_file", "hooks.ca_file": #""url": "https://a.test", "#
            case let name where name.hasPrefix("hooks."): #""command": ["a"], "#
            case "ou_map.filter": #""ou": "OU=Operations", "#
            case "bind.keytab": #""method": "gssapi", "principal": "svc-sync@SOURCE.TEST", "#
            default: ""
            }
        let object = "{\(others)\"\(steps[1])\": \(value)}"
        return base.with(steps[0], ["ou_map", "hooks"].contains(steps[0]) ? "[\(object)]" : object)
    }
}

extension JSONField {
    /// Whether the default is given as a value, not in words. Keys without effect warn when they are written down.
    fileprivate var isJSONDefault: Bool {
        guard let defaultText, let first = defaultText.first, !defaultText.contains("beside") else { return false }
        return first.isNumber || "\"[{".contains(first) || ["true", "false"].contains(defaultText)
    }
}

extension ImportConfiguration {
    /// The values alone: a configuration printed without its warnings.
    fileprivate var withoutWarnings: [String] {
        Mirror(reflecting: self).children.filter { $0.label != "warnings" }.map { "\($0.label ?? ""): \($0.value)" }
    }
}
