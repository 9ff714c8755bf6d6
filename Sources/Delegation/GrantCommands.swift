public import AccessControl
import Directory
import DistinguishedNames

/// The commands that grant what is missing, and nothing else.
public struct GrantCommands: Hashable, Sendable {
    /// For Samba, in a POSIX shell on a domain controller.
    public let sambaTool: [String]
    /// For Windows, in cmd.exe.
    public let dsacls: [String]

    /// Nothing is missing.
    public static let none = GrantCommands(sambaTool: [], dsacls: [])

    public var isEmpty: Bool { sambaTool.isEmpty }

    private init(sambaTool: [String], dsacls: [String]) {
        self.sambaTool = sambaTool
        self.dsacls = dsacls
    }

    /// - Parameters:
    ///   - account: `svc-import@target.test`, for Windows.
    ///   - identifier: the same account, for Samba.
    public init(granting missing: [DelegationFinding], to account: String, _ identifier: SecurityIdentifier) {
        // What exists already in the container and does not inherit is not put right by another entry there.
        let findings = missing.filter { $0.verdict == .missing }
        let written = Set(findings.compactMap { $0.right.permission.writtenAttribute })
        let grants = findings.filter { finding in
            if case .read(let attribute) = finding.right.permission { !written.contains(attribute) } else { true }
        }.map { Grant($0) }
        var places: [DelegatedPlace] = []
        for grant in grants where !places.contains(where: { $0.name == grant.place.name }) {
            places.append(grant.place)
        }
        sambaTool = places.map { place in
            let entries = grants.filter { $0.place.name == place.name }.map { $0.entry(for: identifier).description }
            return "samba-tool dsacl set --objectdn=\(place.name.description.shellQuoted) "
                + "--sddl=\(entries.withoutRepetition.joined().shellQuoted)"
        }
        dsacls =
            grants.map { grant in
                "dsacls \"\(grant.place.name)\"\(grant.scope) /G \"\(account):\(grant.words)\""
            }.withoutRepetition
    }
}

/// One entry to be added.
private struct Grant {
    let place: DelegatedPlace
    private let permission: NeededRight.Permission

    init(_ finding: DelegationFinding) {
        place = finding.place
        permission = finding.right.permission
    }

    /// What may be written may be read, so that a change can be compared with what is there.
    private var mask: AccessMask {
        switch permission {
        case .createUsers: .createChild
        case .read: .readProperty
        case .write, .writeMembers: [.readProperty, .writeProperty]
        case .resetPasswords: .controlAccess
        case .readPermissions, .changePermissions: [.readControl, .writeDACL]
        case .delete: .delete
        }
    }

    func entry(for trustee: SecurityIdentifier) -> AccessControlEntry {
        switch place {
        case .container:
            AccessControlEntry(
                inheritance: .containers, mask: mask, objectType: permission.right.objectType, trustee: trustee)
        case .users:
            AccessControlEntry(
                inheritance: [.containers, .below], mask: mask, objectType: permission.right.objectType,
                inheritedObjectType: .userClass, trustee: trustee)
        case .group, .account:
            AccessControlEntry(mask: mask, objectType: permission.right.objectType, trustee: trustee)
        }
    }

    /// `/I:T` is this object and what is below, `/I:S` what is below only.
    var scope: String {
        switch place {
        case .container: " /I:T"
        case .users: " /I:S"
        case .group, .account: ""
        }
    }

    /// The rights, what they are about, and whom they reach, as dsacls has them.
    var words: String {
        let right =
            switch permission {
            case .createUsers: "CC;user"
            case .read(let attribute): "RP;\(attribute.name)"
            case .write(let attribute): "RPWP;\(attribute.name)"
            case .resetPasswords: "CA;Reset Password"
            case .readPermissions, .changePermissions: "RCWD"
            case .writeMembers: "RPWP;member"
            case .delete: "SD"
            }
        guard case .users = place else { return right }
        return right + (right.contains(";") ? ";user" : ";;user")
    }
}

extension NeededRight.Permission {
    fileprivate var writtenAttribute: AttributeSchema? {
        if case .write(let attribute) = self { attribute } else { nil }
    }
}

extension String {
    /// One word for a POSIX shell, whatever is in it.
    public var shellQuoted: String {
        "'" + replacing("'", with: "'\\''") + "'"
    }
}

extension Array where Element: Hashable {
    fileprivate var withoutRepetition: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
