import AccessControl

enum SecurityDescriptorProperties {
    static func check(_ bytes: [UInt8]) {
        if let identifier = SecurityIdentifier(bytes) {
            guard identifier.octets == bytes else { violated("an identifier is written as another") }
        }
        guard var descriptor = SecurityDescriptor(bytes) else { return }
        guard SecurityDescriptor(descriptor.octets)?.octets == descriptor.octets else {
            violated("an access list reads back as another")
        }
        guard descriptor.forbidPasswordChange() else { return }
        guard descriptor.forbidsPasswordChange, let again = SecurityDescriptor(descriptor.octets),
            again.forbidsPasswordChange
        else { violated("a denial is lost") }
        var twice = again
        guard twice.forbidPasswordChange(), twice.octets == again.octets else { violated("a denial is written twice") }
    }
}
