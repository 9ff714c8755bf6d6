/// The outcome of an LDAP operation: a result code of RFC 4511 section 4.1.9, or one of libldap's own, which are
/// negative and mean that no server decided anything.
///
/// The structure is open: a code that nobody has named here survives and prints as its number. Names serve as patterns,
/// for the code and for the error that carries it:
///
/// ```swift
/// do { try await connection.perform(request) } catch LDAPResultCode.noSuchObject { … }
/// ```
public struct LDAPResultCode: RawRepresentable, Hashable, Sendable {
    /// The number as the protocol or libldap has it.
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Whether the code was sent by a server; otherwise it is libldap's or this client's.
    public var isFromServer: Bool { rawValue >= 0 }

    /// Matches the code inside an ``LDAPError``; any other error does not match.
    public static func ~= (pattern: LDAPResultCode, error: any Error) -> Bool {
        (error as? LDAPError)?.code == pattern
    }
}

/// RFC 4511 appendix A.
extension LDAPResultCode {
    public static let success = LDAPResultCode(rawValue: 0)
    public static let operationsError = LDAPResultCode(rawValue: 1)
    public static let protocolError = LDAPResultCode(rawValue: 2)
    public static let timeLimitExceeded = LDAPResultCode(rawValue: 3)
    public static let sizeLimitExceeded = LDAPResultCode(rawValue: 4)
    public static let compareFalse = LDAPResultCode(rawValue: 5)
    public static let compareTrue = LDAPResultCode(rawValue: 6)
    public static let authMethodNotSupported = LDAPResultCode(rawValue: 7)
    public static let strongerAuthRequired = LDAPResultCode(rawValue: 8)
    public static let referral = LDAPResultCode(rawValue: 10)
    public static let adminLimitExceeded = LDAPResultCode(rawValue: 11)
    public static let unavailableCriticalExtension = LDAPResultCode(rawValue: 12)
    public static let confidentialityRequired = LDAPResultCode(rawValue: 13)
    public static let saslBindInProgress = LDAPResultCode(rawValue: 14)
    public static let noSuchAttribute = LDAPResultCode(rawValue: 16)
    public static let undefinedAttributeType = LDAPResultCode(rawValue: 17)
    public static let inappropriateMatching = LDAPResultCode(rawValue: 18)
    public static let constraintViolation = LDAPResultCode(rawValue: 19)
    public static let attributeOrValueExists = LDAPResultCode(rawValue: 20)
    public static let invalidAttributeSyntax = LDAPResultCode(rawValue: 21)
    public static let noSuchObject = LDAPResultCode(rawValue: 32)
    public static let aliasProblem = LDAPResultCode(rawValue: 33)
    public static let invalidDNSyntax = LDAPResultCode(rawValue: 34)
    public static let aliasDereferencingProblem = LDAPResultCode(rawValue: 36)
    public static let inappropriateAuthentication = LDAPResultCode(rawValue: 48)
    public static let invalidCredentials = LDAPResultCode(rawValue: 49)
    public static let insufficientAccessRights = LDAPResultCode(rawValue: 50)
    public static let busy = LDAPResultCode(rawValue: 51)
    public static let unavailable = LDAPResultCode(rawValue: 52)
    public static let unwillingToPerform = LDAPResultCode(rawValue: 53)
    public static let loopDetect = LDAPResultCode(rawValue: 54)
    public static let namingViolation = LDAPResultCode(rawValue: 64)
    public static let objectClassViolation = LDAPResultCode(rawValue: 65)
    public static let notAllowedOnNonLeaf = LDAPResultCode(rawValue: 66)
    public static let notAllowedOnRDN = LDAPResultCode(rawValue: 67)
    public static let entryAlreadyExists = LDAPResultCode(rawValue: 68)
    public static let objectClassModsProhibited = LDAPResultCode(rawValue: 69)
    public static let affectsMultipleDSAs = LDAPResultCode(rawValue: 71)
    public static let other = LDAPResultCode(rawValue: 80)
}

/// Codes of the C API (`ldap.h`): nothing was decided by a server.
extension LDAPResultCode {
    /// The connection is lost, or was never there.
    public static let serverDown = LDAPResultCode(rawValue: -1)
    public static let localError = LDAPResultCode(rawValue: -2)
    /// The request cannot be encoded; also used here for a request that is too large to be sent.
    public static let encodingError = LDAPResultCode(rawValue: -3)
    /// The server's answer cannot be understood.
    public static let decodingError = LDAPResultCode(rawValue: -4)
    /// The SASL mechanism is not to be had on this side.
    public static let authenticationUnknown = LDAPResultCode(rawValue: -6)
    /// No answer came in time.
    public static let timeout = LDAPResultCode(rawValue: -5)
    public static let filterError = LDAPResultCode(rawValue: -7)
    /// The caller was cancelled before the request was sent.
    public static let userCancelled = LDAPResultCode(rawValue: -8)
    /// The call itself makes no sense, such as a bind with an empty password.
    public static let parameterError = LDAPResultCode(rawValue: -9)
    public static let noMemory = LDAPResultCode(rawValue: -10)
    public static let connectError = LDAPResultCode(rawValue: -11)
    public static let notSupported = LDAPResultCode(rawValue: -12)
    public static let controlNotFound = LDAPResultCode(rawValue: -13)
}
