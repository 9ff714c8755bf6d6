import Directory

/// What Active Directory takes as names. Windows is stricter than Samba, so its limits are checked here, before a write.
enum NameRules {
    /// `rangeUpper` of `cn` ([MS-ADA1] 2.110), in UTF-16 code units.
    static let commonNameLimit = 64
    /// The limit for users ([MS-SAMR] 3.1.1.6); the schema's own 256 is for other objects.
    static let accountNameLimit = 20
    /// `rangeUpper` of `userPrincipalName` ([MS-ADA3] 2.349).
    static let principalNameLimit = 1024

    /// What is wrong with `name`, as the end of a sentence; nil when AD takes it.
    static func problem(with name: String, as aspect: NameConflict.Aspect) -> String? {
        if isPlain(name, as: aspect) { return nil }
        if name.allSatisfy({ $0 == " " }) { return "it is empty" }
        // Cc, without a look into the tables for every letter of every record.
        if name.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }) {
            return "it contains a control character"
        }
        if aspect != .commonName, let invisible = name.unicodeScalars.first(where: \.isInvisible) {
            // Two names that look the same are a trap for whoever approves one of them.
            return "it contains the invisible character U+\(String(invisible.value, radix: 16, uppercase: true))"
        }
        let length = name.utf16.count
        switch aspect {
        case .commonName:
            return length > commonNameLimit ? "\(length) characters, the limit is \(commonNameLimit)" : nil
        case .accountName:
            return length > accountNameLimit
                ? "\(length) characters, the limit is \(accountNameLimit)" : accountNameProblem(name)
        case .principalName:
            return length > principalNameLimit
                ? "\(length) characters, the limit is \(principalNameLimit)" : principalNameProblem(name)
        }
    }

    /// The first fault of a record's names, with the field it is in.
    static func fault(in names: WantedNames) -> (field: AttributeName, reason: String)? {
        if let problem = problem(with: names.accountName, as: .accountName) {
            return ("sAMAccountName", "\"\(names.accountName)\": \(problem)")
        }
        if let problem = problem(with: names.commonName, as: .commonName) {
            return ("cn", "\"\(names.commonName)\": \(problem)")
        }
        if let principalName = names.mappedPrincipalName,
            let problem = problem(with: principalName, as: .principalName)
        {
            return ("userPrincipalName", "\"\(principalName)\": \(problem)")
        }
        return nil
    }

    private static func accountNameProblem(_ name: String) -> String? {
        if let illegal = name.unicodeScalars.first(where: { #""/\[]:;|=,+*?<>"#.unicodeScalars.contains($0) }) {
            return "the character \(illegal) is not allowed in an account name"
        }
        if name.contains("@") { return "the character @ makes it look like a name of the form name@domain" }
        if name.hasPrefix(" ") || name.hasSuffix(" ") { return "an account name may not begin or end with a space" }
        if wellKnownNames.contains(name.lowercased()) { return "it is the name of a well-known identity" }
        if name.hasSuffix(".") { return "an account name may not end in a dot" }
        if name.hasSuffix("$") { return "an account name that ends in $ is a computer's" }
        if name.allSatisfy({ $0 == " " || $0 == "." }) { return "nothing but dots and spaces" }
        return nil
    }

    private static func principalNameProblem(_ name: String) -> String? {
        let parts = name.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return "it is not of the form name@domain" }
        if name.contains(where: \.isWhitespace) { return "it contains a space" }
        // `administrator@TARGET` is how anybody signs in by the domain's NetBIOS name, and such names have no dot; with a
        // dot at the end it is the same domain to DNS, but another text to the directory.
        guard parts[1].contains("."), !parts[1].hasSuffix("."), !parts[1].hasPrefix(".") else {
            return "what follows @ is no DNS name, such as plant.test"
        }
        return nil
    }

    /// Identities every domain has that are no accounts ([MS-DTYP] 2.4.2.4); Windows refuses most of them itself.
    static let wellKnownNames: Set<String> = [
        "everyone", "system", "self", "anonymous logon", "authenticated users", "creator owner", "principal self",
    ]
}

extension Unicode.Scalar {
    /// Shows nothing, or changes what others show: zero-width characters, joiners, overrides of direction.
    fileprivate var isInvisible: Bool {
        !isASCII && (properties.generalCategory == .format || properties.isDefaultIgnorableCodePoint)
    }
}
