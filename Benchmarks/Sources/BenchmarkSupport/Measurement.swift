import FoundationEssentials
import Glibc

/// What a measurement has in common with every other: the clock, the memory, what is printed and how it ends.
public enum Measurement {
    /// How long something took.
    public struct Time: Encodable, Sendable {
        enum CodingKeys: String, CodingKey {
            case seconds
            case processor = "cpu_seconds"
        }

        /// By the clock.
        public let seconds: Double
        /// Of all processors together: on a machine that does other things, too, this changes less.
        public let processor: Double
    }

    /// The time that `body` took, and what it made: that is given up outside, where nobody counts the time.
    public static func time<Result>(of body: () throws -> Result) rethrows -> (time: Time, result: Result) {
        let started = (clock: ContinuousClock.now, processor: processorSeconds())
        let result = try body()
        let seconds = started.clock.duration(to: .now) / .seconds(1)
        return (
            Time(seconds: rounded(seconds), processor: rounded(processorSeconds() - started.processor)), result
        )
    }

    /// The middle one by the clock; of an even number, the later of the two.
    ///
    /// - Precondition: there is one.
    public static func median(_ times: [Time]) -> Time {
        times.sorted { $0.seconds < $1.seconds }[times.count / 2]
    }

    /// What all threads of the process have spent in its own code and in the kernel so far.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
    }

    /// The most memory the process has held so far. Not by `getrusage`: that counts what `swift run` held, too, before it
    /// became this process.
    public static func peakMemory() throws -> Int {
        let status = String(decoding: try Data(contentsOf: URL(filePath: "/proc/self/status")), as: UTF8.self)
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            if let kilobytes = line.split(whereSeparator: { " \t".contains($0) }).dropFirst().first.flatMap({ Int($0) })
            {
                return kilobytes * 1024
            }
        }
        throw Wrong("/proc/self/status does not tell VmHWM")
    }

    /// Milliseconds are all that a clock on a busy machine can tell.
    public static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    /// Runs a benchmark to its end: JSON on the standard output; status 1 where a result is wrong, and 2 where it is right
    /// and too slow.
    public static func run(_ benchmark: () throws -> (report: some Encodable, slowness: String?)) -> Never {
        do {
            let (report, slowness) = try benchmark()
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(report), as: UTF8.self))
            if let slowness { fail(slowness, status: 2) }
            exit(0)
        } catch {
            fail("\(error)", status: 1)
        }
    }

    private static func fail(_ text: String, status: Int32) -> Never {
        // The report goes first, wherever both streams end.
        fflush(nil)
        let line = Array("\(text)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
        exit(status)
    }
}

/// A result that is not what it has to be: its time says nothing then.
public struct Wrong: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }

    public static func unless(_ isRight: Bool, _ description: @autoclosure () -> String) throws(Wrong) {
        if !isRight { throw Wrong(description()) }
    }
}
