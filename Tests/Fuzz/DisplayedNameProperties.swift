import Directory
import LookAlikes

enum DisplayedNameProperties {
    static func check(_ bytes: [UInt8]) {
        let name = String(decoding: bytes, as: UTF8.self)
        Messages.check(name.printable, continuedBy: "\n")
        let suspicions = NameSuspicion.all(in: name)
        for suspicion in suspicions { Messages.check(suspicion.description.printable, continuedBy: "\n") }
        guard let plain = name.passesFor else { return }
        guard plain.utf8.allSatisfy({ $0 < 0x80 }), NameSuspicion.all(in: plain).isEmpty,
            Skeleton(plain) == Skeleton(name)
        else { violated("a name does not look like what it passes for") }
    }
}
