import Glibc

/// A password on its way to the server.
///
/// It keeps its octets in memory of its own, which is wiped when the last reference is gone, and describes itself as a
/// row of dots. libldap copies it once more into the request, and does not wipe that copy.
public final class LDAPPassword: Sendable, CustomStringConvertible, CustomReflectable {
    // Written before `init` returns, and only read from then on: that is what makes the pointer safe to share.
    private nonisolated(unsafe) let octets: UnsafeMutableRawBufferPointer

    /// Copies the octets once.
    public init(_ source: UnsafeRawBufferPointer) {
        octets = .allocate(byteCount: source.count, alignment: 1)
        octets.copyMemory(from: source)
    }

    public convenience init(_ text: String) {
        var text = text
        self.init(utf8Of: &text)
    }

    private init(utf8Of text: inout String) {
        octets = text.withUTF8 { source in
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 1)
            copy.copyMemory(from: UnsafeRawBufferPointer(source))
            return copy
        }
    }

    deinit {
        if let start = octets.baseAddress { explicit_bzero(start, octets.count) }
        octets.deallocate()
    }

    /// Whether it has no octets. Such a bind would be "unauthenticated" and might succeed, RFC 4513 section 5.1.2.
    public var isEmpty: Bool { octets.isEmpty }

    func withOctets<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(UnsafeRawBufferPointer(octets))
    }

    public var description: String { "••••••••" }

    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
