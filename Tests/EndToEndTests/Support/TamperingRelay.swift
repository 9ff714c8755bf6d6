import Foundation
import LabSupport

/// A relay between the program and a domain controller that understands what it carries, and gives the answers that Windows
/// gives and Samba does not: a search that is cut short by a limit, or sent elsewhere in the middle.
///
/// It ends TLS with the controller's own certificate, on another port of its address.
enum TamperingRelay {
    /// What becomes of a search that finds several objects.
    enum Fault: String, CaseIterable {
        /// The result codes of RFC 4511 appendix A, with all entries sent before.
        case timeLimit, sizeLimit, adminLimit
        /// A continuation reference behind the entries.
        case referral
        /// A cookie that the server does not know when it comes back with the request for the next page.
        case cookie
        /// Of an attribute, the first value alone came, and what follows is not there when it is asked for.
        case range
        /// The connection ends before the result.
        case cut
    }

    /// Runs the program with the server of its configuration replaced by the relay.
    static func run(_ command: Stage.Command, _ stage: Stage, _ fault: Fault) async throws -> Run {
        let domain = command == .export ? stage.source : stage.target
        let configuration = command == .export ? stage.export : stage.import
        let plan: JSON = [
            "program": .text(Program.path), "command": .text(command.rawValue), "fault": .text(fault.rawValue),
            "address": .text(String(domain.uri.dropFirst("ldaps://".count))),
            "certificate": .text(domain.caFile.replacing("-ca.pem", with: "-cert.pem")),
            "key": .text(domain.caFile.replacing("-ca.pem", with: "-key.pem")), "configuration": configuration,
        ]
        var python = Subprocess("/usr/bin/python3", ["-c", script])
        python.folder = stage.folder.path
        python.input = Array(try plan.bytes)
        return Run(try await python.run())
    }

    private static let script = #"""
        import json, socket, ssl, subprocess, sys, threading
        plan = json.load(sys.stdin)
        fault = plan["fault"]
        codes = {"timeLimit": 3, "sizeLimit": 4, "adminLimit": 11}
        near_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        near_tls.load_cert_chain(plan["certificate"], plan["key"])
        far_tls = ssl.create_default_context()
        far_tls.check_hostname, far_tls.verify_mode = False, ssl.CERT_NONE

        def tlv(tag, value):
            size = len(value)
            octets = (size.bit_length() + 7) // 8
            head = bytes([size]) if size < 128 else bytes([0x80 | octets]) + size.to_bytes(octets, "big")
            return bytes([tag]) + head + value

        def split(data):
            """The elements one behind the other, and what is left of an unfinished one."""
            found = []
            while len(data) >= 2:
                size, start = data[1], 2
                if size & 0x80:
                    start += size & 0x7F
                    if len(data) < start:
                        break
                    size = int.from_bytes(data[2:start], "big")
                if len(data) < start + size:
                    break
                found.append((data[0], data[start:start + size]))
                data = data[start + size:]
            return found, data

        counts = {}

        def without_rest_of_range(entry):
            (name_tag, name), (list_tag, attributes) = split(entry)[0]
            kept = []
            for tag, attribute in split(attributes)[0]:
                (type_tag, type_name), (set_tag, values) = split(attribute)[0]
                if type_name.lower().startswith(b"memberof;range="):
                    continue
                if type_name.lower() == b"memberof":
                    type_name, values = type_name + b";range=0-0", tlv(*split(values)[0][0])
                kept.append(tlv(tag, tlv(type_tag, type_name) + tlv(set_tag, values)))
            return tlv(name_tag, name) + tlv(list_tag, b"".join(kept))

        def tampered(message):
            """What is sent on; None to hang up."""
            (_, number), (tag, operation), *controls = split(message)[0]
            if tag == 0x64:
                counts[number] = counts.get(number, 0) + 1
                if fault == "range":
                    operation = without_rest_of_range(operation)
            rest = b"".join(tlv(*control) for control in controls)
            before = b""
            if tag == 0x65 and counts.get(number, 0) > 1:
                if fault == "cut":
                    return None
                if fault in codes:
                    operation = tlv(0x0A, bytes([codes[fault]])) + tlv(4, b"") + tlv(4, b"tampered with")
                if fault == "referral":
                    before = tlv(0x30, tlv(2, number) + tlv(0x73, tlv(4, b"ldap://elsewhere.test/DC=elsewhere")))
                if fault == "cookie":
                    value = tlv(0x30, tlv(2, b"\0") + tlv(4, b"unheard-of"))
                    rest = tlv(0xA0, tlv(0x30, tlv(4, b"1.2.840.113556.1.4.319") + tlv(4, value)))
            return before + tlv(0x30, tlv(2, number) + tlv(tag, operation) + rest)

        def up(near, far):
            try:
                while data := near.recv(65536):
                    far.sendall(data)
            except OSError:
                pass
            far.close()

        def down(far, near):
            buffer = b""
            try:
                while data := far.recv(65536):
                    messages, buffer = split(buffer + data)
                    for _, message in messages:
                        answer = tampered(message)
                        if answer is None:
                            return near.shutdown(socket.SHUT_RDWR)
                        near.sendall(answer)
            except OSError:
                pass

        listener = socket.create_server((plan["address"], 0))

        def accept():
            while True:
                try:
                    near = near_tls.wrap_socket(listener.accept()[0], server_side=True)
                    far = far_tls.wrap_socket(socket.create_connection((plan["address"], 636)))
                except OSError:
                    continue
                threading.Thread(target=up, args=(near, far), daemon=True).start()
                threading.Thread(target=down, args=(far, near), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        plan["configuration"]["server"] = f"ldaps://{plan['address']}:{listener.getsockname()[1]}"
        with open(plan["command"] + "-config.json", "w") as file:
            json.dump(plan["configuration"], file)
        sys.exit(subprocess.run([plan["program"], plan["command"]], stdin=subprocess.DEVNULL).returncode)
        """#
}
