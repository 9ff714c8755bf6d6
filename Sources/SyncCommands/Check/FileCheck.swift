import AtomicFile
import FoundationEssentials
import Glibc

/// The files a run writes.
enum FileCheck {
    /// A file that is replaced as a whole: its folder must take a temporary file.
    static func writable(_ path: String, key: String, _ sheet: inout CheckSheet) {
        do {
            try AtomicFile.requireWritable(path)
            sheet.ok(key, "\(path) can be written")
        } catch {
            sheet.fault(key, error)
        }
    }

    /// A folder that is created when it is not there, with those above it.
    static func folder(_ path: String, key: String, _ sheet: inout CheckSheet) {
        if FileManager.default.fileExists(atPath: path) {
            writable("\(path)/probe", of: path, key: key, "can be written", &sheet)
        } else {
            writable(
                "\(nearest(above: path))/probe", of: path, key: key, "is not there yet and can be created", &sheet)
        }
    }

    /// The folder that would be the first to get another in it.
    private static func nearest(above path: String) -> String {
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            if FileManager.default.fileExists(atPath: rest.isEmpty ? "/" : String(rest)) { return String(rest) }
        }
        return "."
    }

    private static func writable(
        _ probe: String, of path: String, key: String, _ words: String, _ sheet: inout CheckSheet
    ) {
        do {
            try AtomicFile.requireWritable(probe)
            sheet.ok(key, "\(path) \(words)")
        } catch {
            sheet.fault(key, error)
        }
    }

    /// Folders below one that was looked at already, which may be another account's; those that are there.
    static func inner(_ paths: [String], key: String, _ sheet: inout CheckSheet) {
        for path in paths where FileManager.default.fileExists(atPath: path) {
            do {
                try AtomicFile.requireWritable("\(path)/probe")
            } catch {
                sheet.fault(key, error)
            }
        }
    }

    /// A file that lines are added to. Opening it changes nothing.
    static func appendable(_ path: String, key: String, _ sheet: inout CheckSheet) {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK)
        guard descriptor < 0 else {
            close(descriptor)
            return sheet.ok(key, "\(path) can be written")
        }
        let code = errno
        guard code == ENOENT else {
            return sheet.fault(key, "\(path) cannot be opened: \(SystemError(code: code))", .cannotCreate)
        }
        writable(path, key: key, &sheet)
    }
}
