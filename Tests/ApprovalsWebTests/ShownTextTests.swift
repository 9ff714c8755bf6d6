import Testing

@testable import ApprovalsWeb

@Suite("What is shown is text")
struct ShownTextTests {
    @Test("A name that is markup is shown as it is", arguments: ["/", "/actions/hostile001", "/?by=user&state=all"])
    func script(path: String) async throws {
        try await Served.visit { visitor in
            let page = try await visitor.get(path).text
            #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
            #expect(!page.contains("<script>alert"))
            // A quotation mark with an accent on it still ends an attribute.
            let bare = Array("\"\u{301}".utf8)
            let escaped = Array("&quot;\u{301} onfocus=alert(1)".utf8)
            #expect(Array(page.utf8).firstRange(of: bare) == nil)
            #expect(Array(page.utf8).firstRange(of: escaped) != nil)
        }
    }

    @Test("What the eye cannot see is made visible")
    func invisible() async throws {
        try await Served.visit { visitor in
            let page = try await visitor.get("/actions/hostile001").text
            #expect(page.contains("Ann<span class=\"cp\">U+202E</span>gpj.exe<span class=\"cp\">U+200B</span>"))
            #expect(!page.unicodeScalars.contains("\u{202E}"))
            #expect(!page.unicodeScalars.contains("\u{200B}"))
            #expect(!page.unicodeScalars.contains("\u{7}"))
        }
    }

    @Test(
        "A name that looks like another is pointed out, in the list and with the form",
        arguments: ["/", "/actions/hostile001"])
    func lookAlike(path: String) async throws {
        try await Served.visit { visitor in
            let page = try await visitor.get(path).text
            #expect(page.contains("Look twice:"))
            #expect(page.contains("the name looks like that of somebody else: &lt;script&gt;"))
        }
    }

    @Test(
        "Escaping goes by code points",
        arguments: [
            ("<", "&lt;"), ("a&b", "a&amp;b"), ("\"\u{301}", "&quot;\u{301}"), ("'", "&#39;"), ("é", "é"),
            ("e\u{301}", "e\u{301}"),
            ("\u{2066}x\u{2069}", "<span class=\"cp\">U+2066</span>x<span class=\"cp\">U+2069</span>"),
            ("\u{FEFF}", "<span class=\"cp\">U+FEFF</span>"), ("\u{E0041}", "<span class=\"cp\">U+E0041</span>"),
            ("a\nb", "a<span class=\"cp\">U+000A</span>b"), ("\u{AD}", "<span class=\"cp\">U+00AD</span>"),
        ])
    func escaping(text: String, shown: String) {
        #expect(ElementText().escapeText(text).utf8.elementsEqual(shown.utf8))
    }

    @Test("An attribute keeps what a form sends back")
    func attributes() {
        #expect(AttributeText().escapeText("\"<\u{200B}>\"").utf8.elementsEqual("&quot;&lt;\u{200B}&gt;&quot;".utf8))
    }

    @Test("What a search was for stands in its field, and is no markup")
    func search() async throws {
        try await Served.visit { visitor in
            let page = try await visitor.get("/?q=%22%3E%3Cb%3E%CC%81").text
            let field = Array("value=\"&quot;&gt;&lt;b&gt;\u{301}\"".utf8)
            #expect(Array(page.utf8).firstRange(of: field) != nil)
        }
    }

    @Test("No template shows anything unescaped, and all are templates")
    func templates() throws {
        _ = try TemplateLibrary()
        for (name, source) in TemplateLibrary.sources {
            let text = String(decoding: source, as: UTF8.self)
            #expect(!text.contains("{{{") && !text.contains("{{&"), "\(name)")
            #expect(!text.contains("style=") && !text.contains("onclick"), "\(name)")
        }
    }

    @Test("No template calls for another that is not there: nothing would be shown in its place")
    func partials() {
        let called = TemplateLibrary.sources.values.flatMap { source in
            String(decoding: source, as: UTF8.self).matches(of: /\{\{>\s*(\w+)\s*\}\}/).map { String($0.1) }
        }
        #expect(Set(called).subtracting(TemplateLibrary.sources.keys) == [])
        #expect(called.contains("pages"))
    }
}
