extension Timestamp {
    /// How ISO 8601 text is written.
    public enum TextForm: Sendable {
        /// `2026-11-20T08:15:00.482913`: the user file's own, UTC without a zone, the fraction only where there is one.
        case withoutZone
        /// `2026-11-20T08:15:00.482913Z`: everywhere else.
        case withZone
    }

    /// Reads `2026-11-20`, `2026-11-20T08:15:00`, with fraction, with `Z` or an offset such as `+01:00`.
    ///
    /// Text without a zone is UTC. Years 1601 to 9999. Returns nil for anything else, impossible dates included.
    public init?(iso8601 text: String) {
        var scanner = ISO8601Scanner(text)
        guard let date = scanner.date() else { return nil }
        var seconds = date.daysSinceUnixEpoch * 86_400
        var nanoseconds: Int64 = 0
        if scanner.takeTimeSeparator() {
            guard let time = scanner.time(), let offset = scanner.zoneOffset() else { return nil }
            seconds += time.seconds - offset
            nanoseconds = time.nanoseconds
        }
        guard scanner.isAtEnd else { return nil }
        self.init(unixSeconds: seconds, nanoseconds: nanoseconds)
    }

    /// ISO 8601 with microseconds where they are not zero.
    public func iso8601(_ form: TextForm) -> String {
        let seconds = unixSeconds
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let date = CivilDate(daysSinceUnixEpoch: days)
        let second = seconds - days * 86_400
        let microseconds = (fileTime - Timestamp(unixSeconds: seconds).fileTime) / 10
        var text = Self.padded(date.year, 4) + "-" + Self.padded(date.month, 2) + "-" + Self.padded(date.day, 2)
        text += "T" + Self.padded(second / 3600, 2) + ":" + Self.padded(second / 60 % 60, 2)
        text += ":" + Self.padded(second % 60, 2)
        if microseconds != 0 { text += "." + Self.padded(microseconds, 6) }
        return form == .withZone ? text + "Z" : text
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

private struct ISO8601Scanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func date() -> CivilDate? {
        guard let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"),
            let day = number(digits: 2), year >= 1601, (1...12).contains(month),
            (1...CivilDate.lengthOfMonth(month, year: year)).contains(day)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    mutating func takeTimeSeparator() -> Bool { take("T") || take("t") || take(" ") }

    mutating func time() -> (seconds: Int64, nanoseconds: Int64)? {
        guard let hour = number(digits: 2), take(":"), let minute = number(digits: 2), hour < 24, minute < 60 else {
            return nil
        }
        guard take(":") else { return (hour * 3600 + minute * 60, 0) }
        guard let second = number(digits: 2), second < 60 else { return nil }
        return fraction().map { (hour * 3600 + minute * 60 + second, $0) }
    }

    /// Seconds east of UTC; zero where no zone is given; nil for a broken one.
    mutating func zoneOffset() -> Int64? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = number(digits: 2), hours <= 18 else { return nil }
        guard !isAtEnd else { return sign * hours * 3600 }
        _ = take(":")
        guard let minutes = number(digits: 2), minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }

    /// Nanoseconds; zero where there is no fraction; nil for a point without digits.
    private mutating func fraction() -> Int64? {
        guard take(".") || take(",") else { return 0 }
        var nanoseconds: Int64 = 0
        var weight: Int64 = 100_000_000
        var digits = 0
        while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            nanoseconds += Int64(byte - UInt8(ascii: "0")) * weight
            weight /= 10
            digits += 1
            rest.removeFirst()
        }
        return digits > 0 ? nanoseconds : nil
    }

    private mutating func number(digits: Int) -> Int64? {
        guard rest.count >= digits else { return nil }
        var result: Int64 = 0
        for byte in rest.prefix(digits) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            result = result * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        rest.removeFirst(digits)
        return result
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }
}
