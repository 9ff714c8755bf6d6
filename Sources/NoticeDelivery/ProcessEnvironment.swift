import Glibc

/// The environment for programs that are started.
enum ProcessEnvironment {
    /// That of this process, without what is only for this program to know.
    static var withoutSecrets: [String] {
        var result: [String] = []
        var next = environ
        while let variable = next.pointee {
            result.append(String(cString: variable))
            next += 1
        }
        return result.filter { !$0.hasPrefix("AD_USER_SYNC_") }
    }
}

/// Texts as execve(2) takes them: copies in C's memory, and a null behind the last.
struct CStrings {
    var pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [String]) { pointers = texts.map { strdup($0) } + [nil] }

    mutating func free() {
        for pointer in pointers { Glibc.free(pointer) }
        pointers = []
    }
}
