import Directory

enum DisplayedNameProperties {
    static func check(_ bytes: [UInt8]) {
        let name = String(decoding: bytes, as: UTF8.self)
        Messages.check(name.printable, continuedBy: "\n")
    }
}
