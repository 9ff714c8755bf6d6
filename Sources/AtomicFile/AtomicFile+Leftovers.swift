import Glibc

extension AtomicFile {
    /// Removes what a process that was killed between writing and renaming has left beside `path`: it may hold secrets.
    ///
    /// Only while nobody else can be writing: see ``withLock(on:_:)``.
    public static func removeLeftovers(of path: String) {
        let prefix = Array(".\(path.split(separator: "/").last ?? "").".utf8)
        let folder = folder(of: path)
        guard let directory = opendir(folder) else { return }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard name.starts(with: prefix), TemporaryFile.isSuffix(name.dropFirst(prefix.count)) else { continue }
            unlink("\(folder)/\(String(decoding: name, as: UTF8.self))")
        }
    }
}
