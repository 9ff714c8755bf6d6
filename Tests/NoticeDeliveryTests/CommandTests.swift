import Foundation
import Glibc
import LabSupport
import NoticeDelivery
import RunNotices
import Testing

@Suite(.timeLimit(.minutes(2))) struct CommandTests {
    @Test("A command reads the notice, and whoever does not read it is no worse off", arguments: [1, 200_000])
    func input(length: Int) async throws {
        let folder = try TemporaryFolder()
        let notice = notice(host: String(repeating: "h", count: length))
        let delivery = Delivery()
        await delivery.tell(notice, .shell("cat > '\(folder.path("got"))'"), .command(["/bin/true"]))
        #expect(delivery.warnings == [])
        #expect(try folder.text("got") == notice.json())
    }

    @Test("Words are words: no shell looks at them")
    func words() async throws {
        let folder = try TemporaryFolder()
        let words = ["/usr/bin/python3", "-c", "import sys; open(sys.argv[1], 'w').write(sys.argv[2])"]
        await Delivery().tell(notice(), .command(words + [folder.path("got"), "$HOME; `id` 'O''Brien'"]))
        #expect(try folder.text("got") == "$HOME; `id` 'O''Brien'")
    }

    @Test("What is only for this program to know is not in the environment of a command")
    func environment() async throws {
        let folder = try TemporaryFolder()
        setenv("AD_USER_SYNC_BIND_PASSWORD", "secret-of-the-environment", 1)
        setenv("HOOK_TEST", "seen", 1)
        defer {
            unsetenv("AD_USER_SYNC_BIND_PASSWORD")
            unsetenv("HOOK_TEST")
        }
        await Delivery().tell(notice(), .shell("env > '\(folder.path("environment"))'"))
        let environment = try folder.text("environment")
        #expect(environment.contains("HOOK_TEST=seen"))
        #expect(!environment.contains("AD_USER_SYNC_") && !environment.contains("secret-of-the-environment"))
    }

    @Test("No file of this process is open in a command")
    func descriptors() async throws {
        let folder = try TemporaryFolder()
        try folder.write("mine", to: "mine")
        let mine = open(folder.path("mine"), O_RDONLY)
        defer { close(mine) }
        await Delivery().tell(notice(), .shell("ls -l /proc/self/fd > '\(folder.path("open"))'"))
        let listed = try folder.text("open")
        #expect(listed.contains("/memfd:notice") && !listed.contains("/mine"), "\(listed)")
    }

    @Test(
        "What goes wrong is one warning, with what the command said",
        arguments: [
            ("echo 'no route to host' >&2; echo 'try later' >&2; exit 75", "status 75: no route to host; try later"),
            ("exit 1", "status 1"), ("kill -9 $$", "signal 9 ended it"),
            ("printf 'a\\033[31mb' >&2; exit 2", "status 2: a\u{FFFD}[31mb"),
        ])
    func failing(script: String, words: String) async throws {
        let warnings = await Delivery().tell(notice(), .shell(script))
        #expect(warnings.count == 1)
        #expect(try #require(warnings.first).hasSuffix(words), "\(warnings)")
        #expect(try #require(warnings.first).hasPrefix("hooks: /bin/sh was not told (success): "))
    }

    @Test("A program that is not there is told, and the next hook is called all the same")
    func missing() async throws {
        let folder = try TemporaryFolder()
        let warnings = await Delivery().tell(
            notice(), .command(["/no/such/program", "T0K3N"]), .shell("cat > '\(folder.path("got"))'"))
        #expect(
            warnings == [
                "hooks: /no/such/program was not told (success): it cannot be started: No such file or directory"
            ])
        #expect(folder.exists("got"))
    }

    @Test(
        "A command that hangs is ended, and what it has started; one that does not listen is killed",
        arguments: [("", "ended"), ("trap '' TERM; ", "killed")])
    func hanging(beginning: String, end: String) async throws {
        let folder = try TemporaryFolder()
        let script = "\(beginning)sleep 300 & echo $! > '\(folder.path("pid"))'; while true; do wait; sleep 300; done"
        let warnings = await Delivery().tell(notice(), .shell(script, timeout: .milliseconds(500)))
        #expect(warnings.count == 1)
        #expect(try #require(warnings.first).hasSuffix("it did not end within 0 s and was \(end)"), "\(warnings)")
        let sleeper = try #require(pid_t(try folder.text("pid").filter(\.isNumber)))
        #expect(ForeignProcess.isGone(sleeper))
    }

    @Test("At a second signal all of them are killed, and none is started any more")
    func killing() async throws {
        let folder = try TemporaryFolder()
        let delivery = Delivery()
        async let warnings = delivery.tell(notice(), .shell("echo > '\(folder.path("began"))'; sleep 300"))
        while !folder.exists("began") { await Task.yield() }
        delivery.children.killAll()
        #expect(await warnings.first?.hasSuffix("signal 9 ended it") == true)
        let late = await delivery.tell(notice(), .shell("echo > '\(folder.path("late"))'"))
        #expect(late.last?.hasSuffix("this program is being ended") == true)
        #expect(!folder.exists("late"))
    }

    @Test("Whoever complains without end, or closes everything and goes on, is waited for like any other")
    func chatter() async throws {
        let warnings = await Delivery().tell(
            notice(), .shell("yes complaint | head -c 10000000 >&2; exit 3"),
            .shell("exec <&- >&- 2>&-; sleep 0.3; exit 4"))
        #expect(warnings.count == 2)
        #expect(try #require(warnings.first).contains("status 3: complaint; complaint"))
        #expect(warnings.allSatisfy { $0.utf8.count < 600 })
        #expect(try #require(warnings.last).hasSuffix("status 4"))
    }
}
