import Directory
import JSONShapes
import StrictJSON

/// Of a day in UTC, which has no daylight saving.
let secondsOfDay: Int64 = 86_400

extension ValueFormat<CalendarDuration> {
    /// A duration of more than a day: a shorter one would lapse between two daily runs.
    static let expirationTime = ValueFormat<String>.text.refined("ISO 8601 duration", .text(pattern: "^P")) {
        text, node, location, findings in
        if let duration = CalendarDuration(iso8601: text), duration.months > 0 || duration.seconds > secondsOfDay {
            return duration
        }
        findings.reject(node, at: location, expected: "an ISO 8601 duration of more than a day, such as \"P1M1D\"")
        return nil
    }
}

extension ValueFormat<String> {
    static let commonNamePrefix = ValueFormat("string", .text(minimumLength: 0)) { node, location, findings in
        if case .string("") = node.value { return "" }
        return prefixText.read(node, location, &findings)
    }

    /// A cn has at most 64 characters ([MS-ADA1] 2.110), and spaces before it do not count.
    private static let prefixText = ValueFormat.text.refined { prefix, node, location, findings in
        if prefix.count < 64, !prefix.hasPrefix(" ") { return prefix }
        findings.reject(node, at: location, expected: "fewer than 64 characters, the first no space")
        return nil
    }
}

extension ValueFormat<String> {
    /// A DNS name of two labels or more: with one, a name to sign in with would mean a domain by its NetBIOS name.
    static let principalNameSuffix = ValueFormat.text.refined("DNS name") { name, node, location, findings in
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isName =
            labels.count > 1 && name.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            }
        if isName { return name }
        findings.reject(node, at: location, expected: "a DNS name with a dot and without @, such as plant.example")
        return nil
    }
}

extension ValueFormat<AttributeName> {
    /// What the import writes itself, or what says who an object is: a stamp would destroy it.
    private static let unfitForAnchor: Set<AttributeName> = [
        "accountExpires", "cn", "displayName", "distinguishedName", "member", "memberOf", "name",
        "nTSecurityDescriptor", "objectClass", "objectGUID", "objectSid", "pwdLastSet", "sAMAccountName",
        "servicePrincipalName", "unicodePwd",
        "userAccountControl", "userPassword", "userPrincipalName",
    ]

    static let anchorAttribute = ValueFormat.attribute.refined { attribute, node, location, findings in
        if !unfitForAnchor.contains(attribute) { return attribute }
        findings.reject(node, at: location, expected: "an attribute of text that nothing else is kept in")
        return nil
    }
}
