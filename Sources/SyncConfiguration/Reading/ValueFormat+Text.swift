import Directory
import JSONShapes
import StrictJSON

extension ValueFormat<String> {
    static let text = ValueFormat("string", .text()) { node, location, findings in
        if case .string(let text) = node.value, !text.isEmpty, !text.containsControlCharacters { return text }
        findings.reject(node, at: location, expected: textExpectation(node))
        return nil
    }

    /// A path of a file or folder; a relative one is relative to the working folder.
    static let path = ValueFormat.text.refined("path") { path, _, location, findings in
        if path.looksLikeWindowsPath {
            findings.warn(location, .warning, "looks like a Windows path; here folders are separated by \"/\"")
        }
        return path
    }

    /// Why a value is no text, for the mistakes that are easy to make.
    fileprivate static func textExpectation(_ node: JSONNode) -> String {
        guard case .string(let text) = node.value else { return "a string" }
        if text.isEmpty { return "a string that is not empty" }
        return "a string without control characters; a backslash is written twice: \\\\"
    }
}

extension ValueFormat<Secret> {
    /// A secret in clear text; warns when others may read the file.
    static let secret = ValueFormat("string, secret", .text()) { node, location, findings in
        guard case .string(let text) = node.value, !text.isEmpty, !text.containsControlCharacters else {
            findings.rejectSecret(node, at: location, expected: ValueFormat<String>.textExpectation(node))
            return nil
        }
        if findings.source.isAccessibleToOthers {
            let mode = String((findings.source.permissions ?? 0) & 0o777, radix: 8)
            findings.warn(
                location,
                .warning,
                "a secret stands in a file that others may read (mode \(mode)); chmod 600 \(findings.source.file)"
            )
        }
        return Secret(text)
    }

    /// The key of an HMAC in hexadecimal digits.
    static let hmacKey = ValueFormat.secret.refined("hexadecimal digits, secret", .text(pattern: HMACKeyText.pattern)) {
        key, node, location, findings in
        if HMACKeyText.isValid(key) { return key }
        findings.rejectSecret(node, at: location, expected: HMACKeyText.expectation)
        return nil
    }
}

extension String {
    fileprivate var containsControlCharacters: Bool {
        unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }

    /// `C:\sync\users.json`, `\\server\share`, `sync\users.json`, `C:/sync`.
    fileprivate var looksLikeWindowsPath: Bool {
        let drive = prefix(2)
        return contains("\\") || (drive.count == 2 && drive.last == ":" && drive.first?.isLetter == true)
    }
}
