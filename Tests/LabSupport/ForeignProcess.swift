import Foundation
public import Glibc

/// A process that is not a child of this one.
public enum ForeignProcess {
    /// Whether it has ended; whoever is to wait for it may not have done so yet.
    public static func isGone(_ process: pid_t) -> Bool {
        guard kill(process, 0) == 0 else { return true }
        let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ") Z"
        return status.contains(") Z") || status.contains(") X")
    }
}
