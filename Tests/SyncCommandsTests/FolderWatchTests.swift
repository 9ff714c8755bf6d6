import Glibc
import LabSupport
import Testing

@testable import SyncCommands

/// What is told of one file of a folder, and of the folder.
@Suite(.timeLimit(.minutes(1))) struct FolderWatchTests {
    /// Far longer than the time limit: who returns was told.
    private static let forever = Duration.seconds(3600)

    @Test("A file that is written, replaced, or made readable", arguments: ["written", "replaced", "made readable"])
    func told(what: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("first", to: "users.json")
        let path = folder.path("users.json")
        let watch = try FolderWatch(of: path)
        switch what {
        case "written":
            let descriptor = open(path, O_WRONLY | O_TRUNC)
            write(descriptor, "x", 1)
            close(descriptor)
        case "replaced": try folder.write("second", to: "users.json")
        default: chmod(path, 0o644)
        }
        await watch.change(within: Self.forever)
        #expect(watch.isInPlace)
    }

    @Test("While somebody waits for it")
    func whileWaiting() async throws {
        let folder = try TemporaryFolder()
        let watch = try FolderWatch(of: folder.path("users.json"))
        async let change: Void = watch.change(within: Self.forever)
        try folder.write("first", to: "users.json")
        await change
        #expect(FileStamp(of: folder.path("users.json")) != nil)
    }

    @Test("Of other files nothing is told: the patience ends")
    func others() async throws {
        let folder = try TemporaryFolder()
        let watch = try FolderWatch(of: folder.path("users.json"))
        try folder.write("first", to: "others.json")
        let start = ContinuousClock.now
        await watch.change(within: .milliseconds(200))
        #expect(start.duration(to: .now) >= .milliseconds(200))
    }

    @Test("Whoever is told to stop does not go on waiting")
    func cancelled() async throws {
        let folder = try TemporaryFolder()
        let watch = try FolderWatch(of: folder.path("users.json"))
        let waiting = Task { await watch.change(within: Self.forever) }
        waiting.cancel()
        await waiting.value
        #expect(waiting.isCancelled)
    }

    @Test(
        "A folder that is removed, moved away, or whose link points elsewhere",
        arguments: ["removed", "moved", "linked"])
    func folder(what: String) async throws {
        let folder = try TemporaryFolder()
        mkdir(folder.path("a"), 0o700)
        mkdir(folder.path("b"), 0o700)
        symlink(folder.path("a"), folder.path("link"))
        let watch = try FolderWatch(of: folder.path(what == "linked" ? "link/users.json" : "a/users.json"))
        #expect(watch.isInPlace)
        switch what {
        case "removed":
            rmdir(folder.path("a"))
            await watch.change(within: Self.forever)
        case "moved":
            rename(folder.path("a"), folder.path("c"))
            rename(folder.path("b"), folder.path("a"))
            await watch.change(within: Self.forever)
        default:
            // Of that the kernel tells nothing; it is seen at the next glance.
            unlink(folder.path("link"))
            symlink(folder.path("b"), folder.path("link"))
        }
        #expect(!watch.isInPlace)
    }

    @Test("A folder that is not there, and what is none", arguments: ["nowhere/users.json", "file/users.json"])
    func missing(path: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "file")
        let failure = #expect(throws: CommandFailure.self) { try FolderWatch(of: folder.path(path)) }
        #expect(failure?.status == .noInput)
    }

    @Test("A place whose folder was replaced is watched there, and looked at at once")
    func renewed() async throws {
        let folder = try TemporaryFolder()
        mkdir(folder.path("inbox"), 0o700)
        var place = try ArrivalPlace(of: folder.path("inbox/users.json"))
        rmdir(folder.path("inbox"))
        mkdir(folder.path("inbox"), 0o700)
        // Of the old folder, then because there is a new one.
        await place.change(within: Self.forever, nil)
        try folder.write("first", to: "inbox/users.json")
        await place.change(within: Self.forever, nil)
        #expect(place.file != nil)
    }
}
