public import Directory

extension AccountExpiry {
    /// Reads `accountExpires`: a FILETIME, where 0 and the largest number both mean never ([MS-ADA1] 2.1).
    ///
    /// - Returns: nil for anything that is no such number.
    public init?(accountExpires text: String) {
        guard let number = Int64(text), number >= 0 else { return nil }
        self = number == 0 || number == .max ? .never : .at(Timestamp(fileTime: number))
    }

    /// What is written to `accountExpires`.
    public var accountExpires: String {
        switch self {
        case .never: String(Int64.max)
        case .at(let time): String(time.fileTime)
        }
    }
}
