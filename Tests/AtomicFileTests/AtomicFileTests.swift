import AtomicFile
import Foundation
import Glibc
import Testing

@Suite("A file is replaced as a whole", .serialized)
final class AtomicFileTests {
    private let folder: URL
    private let path: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "AtomicFileTests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "file").path
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    @Test(arguments: [0, 1, 5_000_000])
    func writes(count: Int) throws {
        let bytes = [UInt8](repeating: 7, count: count)
        try AtomicFile.write(bytes, to: path)
        #expect(try contents() == bytes)
        #expect(try names() == ["file"])
    }

    @Test func piecesFollowOneAnother() throws {
        try AtomicFile.write(to: path) { append in
            for piece in [[1, 2], [], [3]] as [[UInt8]] { try append(piece) }
        }
        #expect(try contents() == [1, 2, 3])
        #expect(try names() == ["file"])
    }

    @Test func whoFailsHalfWayLeavesTheOldFile() throws {
        struct Failure: Error {}
        try AtomicFile.write([1], to: path)
        #expect(throws: Failure.self) {
            try AtomicFile.write(to: path) { append in
                try append([2])
                throw Failure()
            }
        }
        #expect(try contents() == [1])
        #expect(try names() == ["file"])
    }

    @Test func whatAKilledProcessHasLeftIsRemovedAndNothingElse() throws {
        try AtomicFile.write([1], to: path)
        for name in [".file.new-3k9zq", ".file.lock", ".other.new-1", "file.new-2"] {
            try Data().write(to: folder.appending(path: name))
        }
        AtomicFile.removeLeftovers(of: path)
        #expect(try Set(names()) == ["file", ".file.lock", ".other.new-1", "file.new-2"])
    }

    @Test func modeIsTheOwnersOnlyWhateverItWas() throws {
        #expect(FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o644]))
        try AtomicFile.write([1], to: path)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(try contents() == [1])
    }

    @Test(arguments: [0o600, 0o644] as [mode_t]) func theModeIsAsWantedWhateverTheOneBefore(mode: mode_t) throws {
        try AtomicFile.write([1], to: path, mode: mode == 0o600 ? 0o644 : 0o600)
        try AtomicFile.write([2], to: path, mode: mode)
        let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(found == Int(mode))
    }

    @Test func whoHasTheOldFileOpenKeepsReadingIt() throws {
        try AtomicFile.write([1, 2, 3], to: path)
        let handle = try FileHandle(forReadingFrom: URL(filePath: path))
        try AtomicFile.write([4], to: path)
        #expect(try handle.readToEnd() == Data([1, 2, 3]))
    }

    @Test func aMissingFolderIsNotCreated() {
        let missing = folder.appending(path: "missing/file").path
        let error = #expect(throws: AtomicFileError.self) { try AtomicFile.write([1], to: missing) }
        #expect(error?.step == .create)
        #expect(error?.description == "\(missing) cannot be created: the folder does not exist")
    }

    @Test func aSymbolicLinkIsNeitherFollowedNorReplaced() throws {
        let target = folder.appending(path: "target").path
        try AtomicFile.write([1], to: target)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
        let error = #expect(throws: AtomicFileError.self) { try AtomicFile.write([2], to: path) }
        #expect(error?.code == nil)
        #expect(try Data(contentsOf: URL(filePath: target)) == Data([1]))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == target)
    }

    @Test(arguments: ["/dev/null", "/"])
    func devicesAndFoldersAreRefused(path: String) {
        #expect(throws: AtomicFileError.self) { try AtomicFile.write([1], to: path) }
    }

    /// The kernel's own limit on the size of files stands in for a full disk: the write fails in the middle. The limit is
    /// one of the whole process, so it is larger than anything other tests write meanwhile.
    @Test func afterAFailureTheOldFileStaysAndNothingIsLeftBehind() throws {
        try AtomicFile.write([1], to: path)
        try withFileSizeLimit(40 << 20) {
            let error = #expect(throws: AtomicFileError.self) {
                try AtomicFile.write([UInt8](repeating: 2, count: 41 << 20), to: path)
            }
            #expect(error?.step == .write)
            #expect(error?.code == EFBIG)
        }
        #expect(try contents() == [1])
        #expect(try names() == ["file"])
    }

    private func withFileSizeLimit(_ limit: rlim_t, _ body: () throws -> Void) throws {
        var old = rlimit()
        try #require(getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old) == 0)
        let handler = signal(SIGXFSZ, SIG_IGN)  // else the kernel ends the process instead of failing the write
        var new = rlimit(rlim_cur: limit, rlim_max: old.rlim_max)
        try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &new) == 0)
        defer {
            _ = setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
            signal(SIGXFSZ, handler)
        }
        try body()
    }

    private func contents() throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path) }
}
