import AtomicFile
import FoundationEssentials

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

    /// A folder that is created when it is not there.
    static func folder(_ path: String, key: String, _ sheet: inout CheckSheet) {
        if FileManager.default.fileExists(atPath: path) {
            writable("\(path)/probe", of: path, key: key, "can be written", &sheet)
        } else {
            writable("\(path)-probe", of: path, key: key, "is not there yet and can be created", &sheet)
        }
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
}
