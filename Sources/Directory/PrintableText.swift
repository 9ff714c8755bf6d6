extension String {
    /// On one line, without anything that could steer a terminal or turn the reading direction: names come from the other
    /// side. What is taken out becomes U+FFFD, so that it shows.
    public var printable: String {
        guard unicodeScalars.contains(where: \.steersDisplay) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0.steersDisplay ? "\u{FFFD}" : $0 }))
    }
}

extension Unicode.Scalar {
    fileprivate var steersDisplay: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        // Right-to-left overrides and their kin, but not the joiners that emoji are made with.
        case .format: value != 0x200D && value != 0x200C
        default: false
        }
    }
}
