import Directory
import DistinguishedNames
import JSONShapes
import StrictJSON

extension ValueFormat<DistinguishedName> {
    /// The absolute name of a place in the directory.
    static let absoluteName = parsed("distinguished name") { name, node, location, findings in
        if name.components.last?.attribute.lowercased() == "dc" { return name }
        findings.reject(node, at: location, expected: "an absolute name that ends in DC parts: …,DC=plant,DC=test")
        return nil
    }

    /// An absolute name below the domain's root. To manage a whole domain would be to deactivate it.
    static let container = absoluteName.refined { name, node, location, findings in
        if name.leaf?.attribute.lowercased() != "dc" { return name }
        findings.reject(node, at: location, expected: "a container below the domain, not the whole domain")
        return nil
    }

    /// A name relative to the base that stands under `baseKey`. The base is nil when it is wrong itself.
    static func relativeName(to base: DistinguishedName?, baseKey: String) -> ValueFormat {
        parsed("relative distinguished name") { name, node, location, findings in
            guard name.dnsDomain != nil else { return name }
            let relative = base.flatMap { name.relative(to: $0) }
            let hint = relative.map { ": \($0.description.jsonLiteral)" } ?? ", without DC parts"
            findings.reject(node, at: location, expected: "a name relative to \(baseKey)\(hint)")
            return nil
        }
    }

    private static func parsed(
        _ name: String,
        _ check: @escaping @Sendable (DistinguishedName, JSONNode, KeyLocation, inout Findings) -> DistinguishedName?
    ) -> ValueFormat {
        ValueFormat<String>.text.refined(name) { text, node, location, findings in
            do throws(DistinguishedNameError) {
                let parsed = try DistinguishedName(parsing: text)
                if !parsed.components.isEmpty { return check(parsed, node, location, &findings) }
                findings.reject(node, at: location, expected: "a \(name)")
                return nil
            } catch {
                findings.reject(node, at: location, expected: "a \(name): \(error.reason.rawValue)")
                return nil
            }
        }
    }
}

extension ValueFormat<AttributeName> {
    /// A short name as a schema has it (RFC 4512 §1.4, `keystring`).
    static let attribute = ValueFormat<String>.text.refined(
        "attribute name", .text(pattern: "^[A-Za-z][A-Za-z0-9-]*$")
    ) { text, node, location, findings in
        let isKeyString = text.utf8.enumerated().allSatisfy { index, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): index > 0
            default: false
            }
        }
        if isKeyString { return AttributeName(text) }
        findings.reject(node, at: location, expected: "an attribute name of letters, digits and hyphens")
        return nil
    }
}
