/// The bits of `userAccountControl` that matter here ([MS-ADTS] 2.2.16). Others are kept as they are.
public struct UserAccountControl: OptionSet, Sendable, Hashable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let disabled = UserAccountControl(rawValue: 0x2)
    public static let passwordNotRequired = UserAccountControl(rawValue: 0x20)
    public static let normalAccount = UserAccountControl(rawValue: 0x200)
    public static let passwordNeverExpires = UserAccountControl(rawValue: 0x1_0000)
    public static let trustedForDelegation = UserAccountControl(rawValue: 0x8_0000)
    public static let trustedToAuthenticateForDelegation = UserAccountControl(rawValue: 0x100_0000)

    /// What a new user gets: an ordinary account, closed, and never one that needs no password.
    public static let newUser: UserAccountControl = [.normalAccount, .disabled]

    /// The attribute is a signed 32-bit number in decimal.
    public init?(_ text: String) {
        guard let number = Int32(text) else { return nil }
        rawValue = UInt32(bitPattern: number)
    }

    /// As the directory writes it.
    public var attributeValue: String { String(Int32(bitPattern: rawValue)) }
}

extension DirectoryChange {
    /// `userAccountControl` before and after; nil for a change that leaves it alone, or begins it with
    /// ``UserAccountControl/newUser``.
    public var accountControl: (before: UserAccountControl, after: UserAccountControl)? {
        switch self {
        case .disable(_, let value):
            let before = UserAccountControl(rawValue: value)
            return (before, before.union(.disabled))
        case .enable(_, let value, _):
            let before = value.map(UserAccountControl.init(rawValue:)) ?? .newUser
            // An account that needs no password would be open to anybody.
            return (before, before.subtracting([.disabled, .passwordNotRequired]))
        case .create, .update, .rename, .move, .join, .leave: return nil
        }
    }
}
