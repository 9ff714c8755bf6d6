public import Directory

extension AccountExpiry {
    /// Reads `accountExpires`: a FILETIME, where 0 and the largest number both mean never ([MS-ADA1] 2.1).
    ///
    /// - Returns: nil for anything that is no such number.
    public init?(accountExpires text: String) {
        guard let number = Int64(text) else { return nil }
        // Samba takes negative numbers too. They are no time, and nobody's account ends by them.
        self = number <= 0 || number == .max ? .never : .at(Timestamp(fileTime: number))
    }

    /// What is written to `accountExpires`.
    public var accountExpires: String {
        switch self {
        case .never: String(Int64.max)
        // The two numbers that mean never must not come out of a time.
        case .at(let time): String(min(max(time.fileTime, 1), .max - 1))
        }
    }
}
