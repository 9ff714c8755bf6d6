import Directory

/// The users of a snapshot by their anchors. Each should have one of his own; a copied account may share it.
///
/// Not a dictionary: of a million users, one with their anchors in it would be twenty times as large as this, and most of
/// its cost is that it fits into no cache.
struct AnchorIndex: Sendable {
    enum Found: Sendable {
        case nobody
        case one(Int)
        case several([Int])
    }

    /// Of the hash table; free where there is no user.
    private struct Place {
        var tag: UInt32 = 0
        /// Counted from 1.
        var user: UInt32 = 0
    }

    private let users: [DirectoryUser]
    /// Open addressing; never more than half full.
    private var places: [Place] = []
    private var further: [Anchor: [Int]] = [:]

    /// - Precondition: fewer than 2³² users.
    init(_ users: [DirectoryUser]) {
        self.users = users
        guard !users.isEmpty else { return }
        var size = 16
        while size < 2 * users.count { size *= 2 }
        places = [Place](repeating: Place(), count: size)
        let hashes = users.indices.parts { part in part.map { users[$0].stamp.anchor?.hashValue } }
        for (user, hash) in hashes.joined().enumerated() {
            guard let hash, let anchor = users[user].stamp.anchor else { continue }
            let place = place(of: anchor, hash)
            if places[place].user == 0 {
                places[place] = Place(tag: Self.tag(hash), user: UInt32(user + 1))
            } else {
                further[anchor, default: []].append(user)
            }
        }
    }

    func users(with anchor: Anchor) -> Found {
        guard !places.isEmpty else { return .nobody }
        let user = Int(places[place(of: anchor, anchor.hashValue)].user) - 1
        guard user >= 0 else { return .nobody }
        guard !further.isEmpty, let others = further[anchor] else { return .one(user) }
        return .several([user] + others)
    }

    /// Where the anchor stands, or is to stand.
    private func place(of anchor: Anchor, _ hash: Int) -> Int {
        let tag = Self.tag(hash)
        var place = hash & (places.count - 1)
        while places[place].user != 0 {
            if places[place].tag == tag, users[Int(places[place].user) - 1].stamp.anchor == anchor { return place }
            place = (place + 1) & (places.count - 1)
        }
        return place
    }

    /// Bits of the hash that do not tell the place as well.
    private static func tag(_ hash: Int) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }
}
