/// What to read (RFC 4511 section 4.5.1). The search is paged, ranges are completed; neither shows in the result.
public struct LDAPSearchRequest: Sendable {
    /// How far below the base (RFC 4511 section 4.5.1.2).
    public enum Scope: String, Hashable, Sendable {
        /// The base itself.
        case base = "base"
        /// Its immediate children.
        case oneLevel = "one"
        /// The base and all below it.
        case subtree = "sub"
    }

    /// What a continuation reference means (RFC 4511 section 4.5.3): some of what was asked for is on another server.
    /// References are never followed.
    public enum ReferralPolicy: Hashable, Sendable {
        /// The result would be incomplete, so the search throws ``LDAPResultCode/referral``.
        case fail
        /// What is elsewhere was not meant.
        case ignore
    }

    public var base: LDAPObjectName
    public var scope: Scope
    public var filter: LDAPFilter
    /// The attributes to return; none listed means all user attributes.
    public var attributes: [LDAPAttributeName]
    public var controls: [LDAPControl]
    public var referrals: ReferralPolicy
    /// Asks for the values of `rangedAttributes` in slices of this many, as Windows would impose by itself; nil leaves
    /// it to the server. The result is the same.
    public var rangeStep: Int?
    /// Those of `attributes` that `rangeStep` is for.
    public var rangedAttributes: [LDAPAttributeName]

    public init(
        base: LDAPObjectName,
        scope: Scope = .subtree,
        filter: LDAPFilter = .present("objectClass"),
        attributes: [LDAPAttributeName] = [],
        controls: [LDAPControl] = [],
        referrals: ReferralPolicy = .fail,
        rangeStep: Int? = nil,
        rangedAttributes: [LDAPAttributeName] = ["member"]
    ) {
        self.base = base
        self.scope = scope
        self.filter = filter
        self.attributes = attributes
        self.controls = controls
        self.referrals = referrals
        self.rangeStep = rangeStep
        self.rangedAttributes = rangedAttributes
    }
}
