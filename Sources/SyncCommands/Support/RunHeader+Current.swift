import Glibc
import Journal

extension RunHeader.Who {
    /// Whoever runs this process, here.
    static func current(account: String) -> RunHeader.Who {
        let uid = getuid()
        let login = loginUID.flatMap { $0 == uid ? nil : $0 }
        return RunHeader.Who(
            uid: uid, user: name(of: uid), loginUser: login.map { name(of: $0) ?? "uid \($0)" }, host: host,
            account: account)
    }

    /// Nil where the system's accounts do not have it.
    private static func name(of uid: uid_t) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 1 << 14)
        guard getpwuid_r(uid, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
        return String(cString: entry.pw_name)
    }

    private static var host: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whom the kernel has as signed in, which survives `sudo` and `su`; nil for a service (proc(5)).
    private static var loginUID: uid_t? {
        guard let text = try? FileReading.bytes("/proc/self/loginuid") else { return nil }
        let uid = uid_t(String(decoding: text.prefix { $0 != 0x0A }, as: UTF8.self))
        return uid == .max ? nil : uid
    }
}
