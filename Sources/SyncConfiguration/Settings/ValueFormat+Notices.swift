import JSONShapes
import RunNotices
import StrictJSON

extension ValueFormat {
    /// A list with at least one such value.
    static func nonEmptyList<Element>(
        _ name: String, of element: ValueFormat<Element>
    ) -> ValueFormat where Value == [Element] {
        ValueFormat.list(name, of: element).refined(nil, .list(element.shape, minimumCount: 1)) {
            elements, node, location, findings in
            if !elements.isEmpty { return elements }
            findings.reject(node, at: location, expected: "a \(name) with at least one element")
            return nil
        }
    }
}

extension ValueFormat<WebAddress> {
    static let webAddress = ValueFormat("URL, secret", .text(pattern: "^[Hh][Tt][Tt][Pp][Ss]?://")) {
        node, location, findings in
        guard case .string(let text) = node.value else {
            findings.rejectSecret(node, at: location, expected: "a string")
            return nil
        }
        do throws(WebAddress.Problem) {
            return try WebAddress(text)
        } catch {
            findings.rejectSecret(node, at: location, expected: error.expectation)
            return nil
        }
    }
}

extension ValueFormat<MailAddress> {
    static let mailAddress = ValueFormat<String>.text.refined("mail address") { text, node, location, findings in
        if let address = MailAddress(text) { return address }
        findings.reject(node, at: location, expected: "a mail address such as ops@example.test, without a name")
        return nil
    }
}
