import Glibc

/// Inputs that would take for ever if some step of a reader looked at everything before it again.
///
/// Each is read at two sizes, one eight times the other. What is read in one go takes eight times as long, what looks
/// back at each step sixty-four times.
enum Scaling {
    struct Shape: Sendable {
        let name: String
        let target: FuzzTarget
        /// How often the repeated part stands in the larger input.
        let count: Int
        let make: @Sendable (Int) -> String
    }

    /// - Returns: false when one takes longer than it should.
    static func report() -> Bool {
        var isSound = true
        for shape in shapes {
            let (small, large) = (Array(shape.make(shape.count / 8).utf8), Array(shape.make(shape.count).utf8))
            let (short, long) = (time(small, shape.target), time(large, shape.target))
            let ratio = long / max(short, .milliseconds(1))
            isSound = isSound && ratio < 24
            let columns = [
                shape.target.rawValue, shape.name, "\(large.count)", "\(long.tenthsOfMilliseconds)",
                ratio < 24 ? "yes" : "no",
            ]
            print("| " + columns.joined(separator: " | ") + " |")
            fflush(nil)
        }
        return isSound
    }

    /// The shortest of three: the machine does other things too.
    private static func time(_ bytes: [UInt8], _ target: FuzzTarget) -> Duration {
        (0..<3).map { _ in ContinuousClock().measure { target.execute(bytes) } }.min() ?? .zero
    }

    private static func list(_ count: Int, _ element: (Int) -> String) -> String {
        (0..<count).map(element).joined(separator: ",")
    }

    private static func record(_ account: String, _ more: String = "", groups: String = "") -> String {
        #"{"sAMAccountName":"\#(account)","cn":"\#(account)","disabled":false,"accountExpires":null,"#
            + #""memberOf":[\#(groups)]\#(more)}"#
    }

    private static func users(_ records: String, header: String = "") -> String {
        #"{\#(header)"users":[\#(records)]}"#
    }

    private static let intention =
        #"{"line":"intention","number":1,"at":"x","verb":"join","stage":"join","#
        + #""person":{"cn":"a","sAMAccountName":"a"},"account":{"dn":"CN=a"}}"#

    private static let shapes: [Shape] = [
        Shape(name: "records", target: .userFile, count: 40_000) { users(list($0) { record("u\($0)") }) },
        Shape(name: "records at fault", target: .userFile, count: 40_000) { users(list($0) { _ in "1" }) },
        Shape(name: "records with one account name", target: .userFile, count: 40_000) {
            users(list($0) { _ in record("u") })
        },
        Shape(name: "records with ever other keys", target: .userFile, count: 40_000) {
            users(list($0) { record("u\($0)", #","k\#($0)":1"#) })
        },
        Shape(name: "keys of a record", target: .userFile, count: 9_000) { count in
            users(record("u", "," + list(count) { #""k\#($0)":1"# }))
        },
        Shape(name: "keys of the header", target: .userFile, count: 9_000) { "{" + list($0) { #""k\#($0)":1"# } + "}" },
        Shape(name: "groups of a record", target: .userFile, count: 9_000) { count in
            users(record("u", groups: list(count) { "\"CN=g\($0)\"" }))
        },
        Shape(name: "groups that are counted", target: .userFile, count: 9_000) { count in
            users(
                record("u"),
                header:
                    #""completeness":{"users":1,"highest_committed_usn":1,"members":{\#(list(count) { #""CN=g\#($0)":0"# })}},"#
            )
        },
        Shape(name: "values of an attribute", target: .userFile, count: 9_000) { count in
            users(record("u", #","otherTelephone":[\#(list(count) { "\"\($0)\"" })]"#))
        },
        Shape(name: "escapes in a string", target: .userFile, count: 1_000_000) {
            users(record("u", #","info":"\#(String(repeating: #"\n"#, count: $0))""#))
        },
        Shape(name: "digits in a number", target: .userFile, count: 4_000_000) {
            users(record("u", #","info":\#(String(repeating: "7", count: $0))"#))
        },
        Shape(name: "a string that never ends", target: .userFile, count: 4_000_000) {
            "{\"" + String(repeating: "a", count: $0)
        },
        Shape(name: "a long name with marks", target: .userFile, count: 1_000_000) {
            users(record("u" + String(repeating: "\u{301}", count: $0)))
        },
        Shape(name: "values that are ignored", target: .userFile, count: 1_000_000) {
            "{\"x\":[" + list($0) { _ in "[]" } + "]}"
        },
        Shape(name: "white space", target: .userFile, count: 4_000_000) {
            String(repeating: "\r\n", count: $0) + users("")
        },
        Shape(name: "objects in objects", target: .json, count: 100_000) { String(repeating: #"{"a":"#, count: $0) },
        Shape(name: "one key, again and again", target: .json, count: 100_000) {
            "{" + list($0) { _ in #""a":1"# } + "}"
        },
        Shape(name: "answers", target: .resolutions, count: 20_000) {
            #"{"resolutions":["# + list($0) { #"{"type":"enable","user":"u\#($0)"}"# } + "]}"
        },
        Shape(name: "answers at fault", target: .resolutions, count: 20_000) {
            #"{"resolutions":["# + list($0) { _ in #"{"type":"enable"}"# + "\n" } + "]}"
        },
        Shape(name: "unknown keys", target: .configuration, count: 8_000) {
            "{" + list($0) { "\"k\($0)\":1\n" } + "}"
        },
        Shape(name: "one key, again and again", target: .configuration, count: 8_000) {
            "{" + list($0) { _ in "\"server\":1\n" } + "}"
        },
        Shape(name: "group_map", target: .configuration, count: 8_000) {
            "{\"group_map\":{" + list($0) { #""CN=a\#($0)":"CN=b\#($0)""# } + "}}"
        },
        Shape(name: "restricted_groups", target: .configuration, count: 8_000) {
            "{\"restricted_groups\":[" + list($0) { #""CN=a\#($0)""# } + "]}"
        },
        Shape(name: "levels", target: .distinguishedName, count: 40_000) { list($0) { "CN=\($0)" } },
        Shape(name: "escapes", target: .distinguishedName, count: 1_000_000) {
            "CN=" + String(repeating: #"\,"#, count: $0)
        },
        Shape(name: "operations", target: .journal, count: 8_000) {
            String(repeating: intention + "\n", count: $0)
        },
        Shape(name: "lines that say nothing", target: .journal, count: 40_000) { String(repeating: "x\n", count: $0) },
        Shape(name: "marks on one letter", target: .displayedName, count: 400_000) {
            "a" + String(repeating: "\u{301}", count: $0)
        },
        Shape(name: "letters of two alphabets", target: .displayedName, count: 400_000) {
            String(repeating: "aа", count: $0)
        },
    ]
}

extension Duration {
    fileprivate var tenthsOfMilliseconds: String {
        let (seconds, attoseconds) = components
        let tenths = seconds * 10_000 + attoseconds / 100_000_000_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
