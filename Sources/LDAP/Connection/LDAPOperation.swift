/// What was attempted, kept until it is known whether an error has to say so.
enum LDAPOperation: CustomStringConvertible {
    case bind(user: String, endpoint: LDAPURI)
    case search(LDAPSearchRequest)
    case write(LDAPWriteRequest)

    /// Fits after "could not"; without values and without secrets.
    var description: String {
        switch self {
        case .bind(let user, let endpoint): "bind as \(user.withoutControlCharacters) to \(endpoint)"
        case .search(let request):
            switch request.scope {
            case .base: "read \(request.base == .rootDSE ? "the root DSE" : request.base.description)"
            case .oneLevel: "search directly below \(request.base)"
            case .subtree: "search below \(request.base)"
            }
        case .write(let request): request.description
        }
    }
}
