import Foundation
import Glibc

/// A DNS server on 127.0.0.1 that gives one answer for each kind of question. Runs until the test process ends.
final class ScriptedNameServer: Sendable {
    enum Answer: Sendable {
        /// A result code of RFC 1035 section 4.1.1, without records: 0 no data, 2 server failure, 3 no such name.
        case code(UInt8)
        /// Priority, weight, port, target.
        case servers([(UInt16, UInt16, UInt16, String)])
        /// Nothing at all.
        case silence
    }

    let port: UInt16

    init(servers: Answer, domain: Answer = .code(0)) throws {
        let bound = try Loopback.bindDatagrams()
        port = bound.port
        Thread.detachNewThread {
            var question = [UInt8](repeating: 0, count: 512)
            var peer = sockaddr()
            var size = socklen_t(MemoryLayout<sockaddr>.size)
            while case let count = recvfrom(bound.socket, &question, question.count, 0, &peer, &size), count > 12 {
                let asked = Array(question[..<count])
                // QTYPE 33 is SRV (RFC 2782).
                let end = Self.endOfQuestion(asked)
                guard let answer = Self.encode(asked[end - 3] == 33 ? servers : domain, to: asked, end) else {
                    continue
                }
                sendto(bound.socket, answer, answer.count, 0, &peer, size)
            }
        }
    }

    private static func endOfQuestion(_ message: [UInt8]) -> Int {
        var index = 12
        while message[index] != 0 { index += Int(message[index]) + 1 }
        return index + 5
    }

    private static func encode(_ answer: Answer, to question: [UInt8], _ end: Int) -> [UInt8]? {
        var message = Array(question[..<end])
        // QR, RD, RA; no authority, no additional records.
        (message[2], message[3]) = (0x81, 0x80)
        for index in 6..<12 { message[index] = 0 }
        switch answer {
        case .silence: return nil
        case .code(let code): message[3] |= code
        case .servers(let records):
            message[7] = UInt8(records.count)
            for (priority, weight, port, target) in records {
                var data: [UInt8] = []
                for number in [priority, weight, port] { data += [UInt8(number >> 8), UInt8(number & 0xFF)] }
                for label in target.split(separator: ".") { data += [UInt8(label.utf8.count)] + Array(label.utf8) }
                data.append(0)
                message += [0xC0, 12, 0, 33, 0, 1, 0, 0, 0, 60, 0, UInt8(data.count)] + data
            }
        }
        return message
    }
}
