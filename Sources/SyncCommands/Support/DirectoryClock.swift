import Directory
import Logging

/// Compares the clock of this machine with that of the domain controller.
///
/// Expiries, the age of files and which of two answers is the later are told by this machine's clock, and the domain judges
/// accounts by its own.
enum DirectoryClock {
    /// What Kerberos lets pass, by default ([MS-KILE] 3.3.1), in seconds.
    static let tolerance: Int64 = 300
    /// Beyond it nothing is read or written, in seconds.
    static let limit: Int64 = 3600

    enum Verdict: Sendable {
        /// The server does not tell.
        case unknown
        /// - Parameter seconds: how far this machine's is ahead.
        case close(seconds: Int64)
        /// - Parameters:
        ///   - finding: what both say, in words.
        ///   - isTooFar: nothing is read or written with it.
        case apart(finding: String, isTooFar: Bool)
    }

    static func verdict(on own: Timestamp, against domain: Domain) -> Verdict {
        guard let time = domain.currentTime else { return .unknown }
        let difference = own.seconds(since: time)
        guard abs(difference) > tolerance else { return .close(seconds: difference) }
        let finding =
            "this machine's clock is \(words(abs(difference))) \(difference > 0 ? "ahead of" : "behind") that of "
            + "\(domain.server.printable) (\(own.roundedDownToSecond.iso8601(.withZone)) here, "
            + "\(time.iso8601(.withZone)) there)"
        return .apart(finding: finding, isTooFar: abs(difference) > limit)
    }

    /// - Throws: ``CommandFailure`` with status 75 when the two are more than an hour apart.
    static func check(_ own: Timestamp, against domain: Domain, _ logger: Logger) throws(CommandFailure) {
        switch verdict(on: own, against: domain) {
        case .unknown:
            logger.warning(
                "\(domain.server.printable) does not tell its time: nothing shows that this machine's clock is right")
        case .close: return
        case .apart(let finding, isTooFar: false): logger.warning("\(finding): set the one that is wrong")
        case .apart(let finding, isTooFar: true):
            throw CommandFailure(
                .tryAgain,
                "\(finding): no expiry can be told by it. Set the one that is wrong, and run this again; nothing was "
                    + "written")
        }
    }

    private static func words(_ seconds: Int64) -> String {
        switch seconds {
        case 172_800...: "\(seconds / 86_400) days"
        case 7200...: "\(seconds / 3600) hours"
        default: "\(seconds / 60) minutes"
        }
    }
}
