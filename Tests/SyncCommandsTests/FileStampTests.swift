import Glibc
import LabSupport
import Testing

@testable import SyncCommands

/// Whether a file is the one that was seen before.
@Suite struct FileStampTests {
    /// What can become of a file between two looks.
    enum Fate: String, CaseIterable {
        case rewritten, appended, replaced, replacedByCopyOfItsTime, rewrittenWithItsTime, madeReadable, removed

        /// - Parameter time: of its last change, as `utimensat(2)` takes it.
        func befall(_ name: String, in folder: TemporaryFolder, time: [timespec]) throws {
            let path = folder.path(name)
            switch self {
            case .rewritten: try overwrite(path, "other", O_TRUNC)
            case .appended: try overwrite(path, "more", O_APPEND)
            case .replaced: try folder.write("first", to: name)
            case .replacedByCopyOfItsTime:
                try folder.write("other", to: name)
                utimensat(AT_FDCWD, path, time, 0)
            case .rewrittenWithItsTime:
                try overwrite(path, "other", 0)
                utimensat(AT_FDCWD, path, time, 0)
            case .madeReadable: chmod(path, 0o644)
            case .removed: try folder.remove(name)
            }
        }

        private func overwrite(_ path: String, _ text: String, _ flag: Int32) throws {
            let descriptor = open(path, O_WRONLY | flag)
            defer { close(descriptor) }
            try #require(write(descriptor, text, text.utf8.count) == text.utf8.count)
        }
    }

    @Test("Whatever was done to it, it looks different", arguments: Fate.allCases)
    func changed(fate: Fate) throws {
        let folder = try TemporaryFolder()
        try folder.write("first", to: "users.json")
        let path = folder.path("users.json")
        let before = try #require(FileStamp(of: path))
        var status = stat()
        stat(path, &status)
        waitForNextTick()
        try fate.befall("users.json", in: folder, time: [status.st_atim, status.st_mtim])
        #expect(FileStamp(of: path) != before)
    }

    @Test("Whoever only reads it changes nothing; nor does what happens beside it")
    func unchanged() throws {
        let folder = try TemporaryFolder()
        try folder.write("first", to: "users.json")
        let before = try #require(FileStamp(of: folder.path("users.json")))
        waitForNextTick()
        _ = try folder.read("users.json")
        try folder.write("first", to: "others.json")
        #expect(FileStamp(of: folder.path("users.json")) == before)
    }

    @Test("Where there is none, there is no stamp")
    func missing() throws {
        #expect(FileStamp(of: try TemporaryFolder().path("users.json")) == nil)
    }

    @Test("Through a link it is the file that counts")
    func link() throws {
        let folder = try TemporaryFolder()
        try folder.write("first", to: "a.json")
        try folder.write("first", to: "b.json")
        symlink(folder.path("a.json"), folder.path("users.json"))
        let before = try #require(FileStamp(of: folder.path("users.json")))
        #expect(try #require(FileStamp(of: folder.path("a.json"))) == before)
        try folder.remove("users.json")
        symlink(folder.path("b.json"), folder.path("users.json"))
        let after = try #require(FileStamp(of: folder.path("users.json")))
        #expect(after != before)
        #expect(!after.isSameFile(as: before))
    }

    /// File systems take their times from a clock that moves some hundred times a second; a service waits a whole one.
    private func waitForNextTick() {
        func tick() -> Int {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME_COARSE, &time)
            return time.tv_nsec
        }
        let before = tick()
        while tick() == before {}
    }
}
