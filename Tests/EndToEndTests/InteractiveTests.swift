import Foundation
import LabSupport
import Testing

extension EndToEnd {
    /// `import --interactive` as the terminal sees it. What the page does is shown in a real browser, by Tests/Browser.
    @Suite struct Interactive {
        /// Stands in for a browser: follows the page it was given, takes down what it was given, answers, and finishes.
        private static let browser = #"""
            #!/usr/bin/python3
            import http.client, json, os, re, stat, sys, urllib.parse
            page = sys.argv[-1]
            entrance = re.search(r'url=(http://[^"]+)', open(page).read())[1]
            seen = {
                "arguments": sys.argv[1:], "mode": stat.S_IMODE(os.stat(page).st_mode),
                "folder": stat.S_IMODE(os.stat(os.path.dirname(page)).st_mode),
                "environment": sorted(name for name in os.environ if name.startswith("AD_USER_SYNC")),
                "token": entrance.split("=")[-1],
            }
            url = urllib.parse.urlsplit(entrance)
            def ask(method, path, fields=None, cookie=None):
                connection = http.client.HTTPConnection("127.0.0.1", url.port)
                headers = {"Host": url.netloc, "Origin": f"http://{url.netloc}"}
                if cookie: headers["Cookie"] = cookie
                if fields: headers["Content-Type"] = "application/x-www-form-urlencoded"
                connection.request(method, path, urllib.parse.urlencode(fields or {}), headers)
                answer = connection.getresponse()
                return answer, answer.read().decode()
            answer, _ = ask("GET", f"{url.path}?{url.query}")
            cookie = answer.getheader("Set-Cookie").split(";")[0]
            seen["gone"] = not os.path.exists(page)
            seen["again"] = ask("GET", f"{url.path}?{url.query}")[0].status
            _, text = ask("GET", "/", cookie=cookie)
            csrf = re.search(r'name="csrf" value="(\w+)"', text)[1]
            _, joins = ask("GET", "/?kind=join", cookie=cookie)
            action = re.search(r'/actions/(\w{10})', joins)[1]
            ask("POST", f"/actions/{action}/accept", {"csrf": csrf, "answer": "plain"}, cookie)
            seen["finish"] = ask("POST", "/finish", {"csrf": csrf, "confirmed": "yes"}, cookie)[0].status
            json.dump(seen, open(os.environ["SEEN"], "w"))
            """#

        @Test("A browser is started on a page of its owner's, the token in no argument; the summary tells all of it")
        func browser() async throws {
            let stage = try await Stage([.jürgen])
            try await stage.export().ended(with: 0)
            try stage.folder.write(Array(Self.browser.utf8), to: "browser", permissions: 0o700)
            let password = try stage.target.service.password()
            let run = try await stage.run(
                .import, ["--interactive"],
                [
                    "BROWSER": "\(stage.folder.path("browser")) --new-window %s",
                    "SEEN": stage.folder.path("seen.json"),
                    "TMPDIR": stage.folder.path, "AD_USER_SYNC_BIND_PASSWORD": password,
                ]
            ).ended(with: 0)
            let seen = try JSON(parsing: stage.folder.read("seen.json"))
            let arguments = seen["arguments"].strings
            #expect(arguments.count == 2 && arguments[0] == "--new-window")
            let token = try #require(seen["token"].string)
            #expect(token.count == 64 && !arguments.contains { $0.contains(token) })
            #expect(!run.log.contains(token) && !run.output.contains(token))
            #expect(seen["mode"] == 0o600 && seen["folder"] == 0o700)
            #expect(seen["environment"].elements.isEmpty)
            #expect(seen["gone"] == true && seen["again"] == 401 && seen["finish"] == 200)

            let summary = try run.summary
            #expect(summary["created"] == ["Jürgen Köhler"])
            #expect(summary["joined"].elements.contains(["user": "Jürgen Köhler", "group": "Plant Admins"]))
            #expect(summary["required_interactions"].elements.map { $0["type"] } == ["enable"])
            #expect(try await stage.groups(of: "e2e-jkoehler").contains("Plant Admins"))
        }

        @Test("A port in use is told with its key, after the import is done and its summary printed")
        func portInUse() async throws {
            var stage = try await Stage([.jane])
            try await stage.export().ended(with: 0)
            let listener = try Listener()
            stage.import["port"] = .number(listener.port)
            let run = try await stage.run(.import, ["--interactive"])
            run.ended(with: 69, saying: "port \(listener.port)", "\"port\"")
            #expect(try run.summary["created"] == ["Jane Doe"])
        }

        @Test(
            "What does not go together is refused before anything is read",
            arguments: ["--no-interaction", "--dry-run", "--confirm"])
        func misfits(other: String) async throws {
            let stage = try await Stage([.jane])
            try await stage.run(.import, ["--interactive", other]).ended(with: 64, saying: "--interactive")
        }

        @Test(
            "Choosing needs the page, and is not done twice",
            arguments: [
                ["--choose"], ["--choose", "--interactive", "--user", "jdoe"],
                ["--choose", "--interactive", "--filter", "(cn=*)"],
            ])
        func choosing(arguments: [String]) async throws {
            let stage = try await Stage([.jane])
            try await stage.run(.import, arguments).ended(with: 64, saying: "--choose")
        }
    }
}

/// Holds a TCP port on 127.0.0.1.
private final class Listener {
    let port: Int
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        port = try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                try #require(bind(descriptor, address, length) == 0 && listen(descriptor, 1) == 0)
                try #require(getsockname(descriptor, address, &length) == 0)
            }
            return Int(UInt16(bigEndian: pointer.pointee.sin_port))
        }
    }

    deinit { close(descriptor) }
}
