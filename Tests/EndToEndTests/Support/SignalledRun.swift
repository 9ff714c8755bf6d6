import LabSupport

/// The program, sent SIGTERM at a certain point.
enum SignalledRun {
    /// - Parameters:
    ///   - sign: the file of the folder whose appearance is the point; nil for the moment when the program connects to its
    ///     server, which is one that says nothing then.
    ///   - times: how many signals, a bit more than a second apart.
    static func run(
        _ arguments: [String], in folder: TemporaryFolder, when sign: String?, times: Int = 1
    ) async throws -> Run {
        var python = Subprocess(
            "/usr/bin/python3", ["-c", script, sign ?? "", String(times), Program.path] + arguments)
        python.folder = folder.path
        return Run(try await python.run())
    }

    private static let script = #"""
        import json, os, signal, socket, subprocess, sys, time
        sign, times, *command = sys.argv[1:]
        if not sign:
            listener = socket.create_server(("127.0.0.1", 0))
            with open("import-config.json") as file:
                configuration = json.load(file)
            configuration["server"] = f"ldaps://127.0.0.1:{listener.getsockname()[1]}"
            with open("import-config.json", "w") as file:
                json.dump(configuration, file)
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        if sign:
            deadline = time.monotonic() + 60
            while not os.path.exists(sign) and time.monotonic() < deadline:
                time.sleep(0.02)
        else:
            connection = listener.accept()
        for _ in range(int(times)):
            process.send_signal(signal.SIGTERM)
            time.sleep(1.2)
        status = process.wait()
        sys.exit(status if status >= 0 else 128 - status)
        """#
}
