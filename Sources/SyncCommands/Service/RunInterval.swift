import ArgumentParser

/// A time between two runs as it is typed: `90s`, `15m`, `1h`, `1d`, `1h30m`.
struct RunInterval: ExpressibleByArgument, Sendable, Equatable {
    let duration: Duration

    /// Nil for what is no such text, no time at all, or longer than a month.
    init?(argument: String) {
        var seconds = 0
        var number = ""
        for character in argument {
            if character.isASCII, character.isNumber {
                number.append(character)
                continue
            }
            guard let count = Int(number), let unit = Self.units[character] else { return nil }
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: unit)
            let (sum, overflows) = seconds.addingReportingOverflow(product)
            guard !isTooLarge, !overflows else { return nil }
            seconds = sum
            number = ""
        }
        guard number.isEmpty, (1...Self.longest).contains(seconds) else { return nil }
        duration = .seconds(seconds)
    }

    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    /// Who wants less than one run a month wants a timer.
    private static let longest = 31 * 86_400
}
