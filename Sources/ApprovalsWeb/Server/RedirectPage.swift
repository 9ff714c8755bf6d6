import Directory
import Glibc

/// A file with mode 0600, in a fresh folder with mode 0700, that forwards a browser to an entrance: the browser's
/// arguments, which everybody on the machine can read, name only the file.
public struct RedirectPage: Sendable {
    public let path: String
    private let folder: String

    /// In `$XDG_RUNTIME_DIR`, or else `$TMPDIR` or `/tmp`.
    ///
    /// - Throws: ``ServerError`` when nothing can be written there.
    init(to entrance: Entrance) throws(ServerError) {
        let parents = ["XDG_RUNTIME_DIR", "TMPDIR"].compactMap { (name: String) in
            getenv(name).map { String(cString: $0) }
        }
        guard let folder = Self.freshFolder(in: parents + ["/tmp"]) else {
            throw .cannotWritePage(String(cString: strerror(errno)))
        }
        self.folder = folder
        path = folder + "/approvals.html"
        let url = entrance.url.reveal()
        let text = """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer">\
            <meta http-equiv="refresh" content="0;url=\(url)"><title>Approvals</title>\
            <p><a href="\(url)">Go on to the approvals</a></p></html>

            """
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        let isWritten = file >= 0 && write(file, text, text.utf8.count) == text.utf8.count
        let reason = String(cString: strerror(errno))
        if file >= 0 { close(file) }
        guard isWritten else {
            remove()
            throw .cannotWritePage(reason)
        }
    }

    func remove() {
        unlink(path)
        rmdir(folder)
    }

    /// In the first of the folders where one can be made.
    private static func freshFolder(in parents: [String]) -> String? {
        for parent in parents {
            var template = Array((parent + "/ad-user-sync-XXXXXX").utf8CString)
            let made = template.withUnsafeMutableBufferPointer { buffer in
                buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
            }
            if let made { return made }
        }
        return nil
    }
}
