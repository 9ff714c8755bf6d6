import Glibc

/// Where a command speaks to people and programs.
struct Terminal: Sendable {
    /// Whether the summary is for people: standard output is a terminal and no JSON was asked for.
    let isForPeople: Bool
    /// Whether a progress line may be drawn: standard error is a terminal.
    let showsProgress: Bool
    let usesColour: Bool
    /// How wide the terminal on standard output is; nil where there is none.
    let columns: Int?

    /// For text that goes elsewhere: a mail, a message.
    static let plain = Terminal(isForPeople: true, showsProgress: false, usesColour: false, columns: nil)

    static func current(json: Bool) -> Terminal {
        let isForPeople = !json && isatty(STDOUT_FILENO) == 1
        // https://no-color.org
        let colourless = getenv("NO_COLOR") != nil || getenv("TERM").map { String(cString: $0) } == "dumb"
        return Terminal(
            isForPeople: isForPeople, showsProgress: isatty(STDERR_FILENO) == 1, usesColour: isForPeople && !colourless,
            columns: isForPeople ? width(of: STDOUT_FILENO) : nil)
    }

    private static func width(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Writes to standard output, all of it.
    ///
    /// - Throws: ``CommandFailure`` when that is not possible.
    func write(_ text: String) throws {
        guard Self.write(Array(text.utf8), to: STDOUT_FILENO) else {
            throw CommandFailure(
                .inputOutput, "the summary could not be written to standard output: \(SystemError(code: errno))")
        }
    }

    /// False when not everything could be written, such as to a reader that has gone or a disk that is full.
    @discardableResult
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            written += count
        }
        return true
    }

    enum Colour: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    func paint(_ text: String, _ colour: Colour) -> String {
        usesColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}
