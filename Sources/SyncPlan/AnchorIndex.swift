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
            guard let hash else { continue }
            let place = place(after: hash) { users[$0].stamp.anchor == users[user].stamp.anchor }
            if places[place].user == 0 {
                places[place] = Place(tag: Self.tag(hash), user: UInt32(user + 1))
            } else if let anchor = users[user].stamp.anchor {
                further[anchor, default: []].append(user)
            }
        }
    }

    /// Finds several at once; about as many as fit into the nearest cache are best.
    ///
    /// Most of the time goes into waiting for memory, and who asks for all before he looks at one waits once for them all.
    func users(with anchors: [Anchor?]) -> [Found] {
        guard !places.isEmpty else { return anchors.map { _ in .nobody } }
        let hashes = anchors.map { $0?.hashValue ?? 0 }
        let first = hashes.map { places[$0 & (places.count - 1)] }
        let isFirst = anchors.indices.map { index in
            first[index].user != 0 && first[index].tag == Self.tag(hashes[index])
                && users[Int(first[index].user) - 1].stamp.anchor == anchors[index]
        }
        return anchors.indices.map { index in
            guard let anchor = anchors[index] else { return .nobody }
            let user = isFirst[index] ? first[index].user : places[place(of: anchor, hashes[index])].user
            guard user != 0 else { return .nobody }
            guard !further.isEmpty, let others = further[anchor] else { return .one(Int(user) - 1) }
            return .several([Int(user) - 1] + others)
        }
    }

    /// Where the anchor stands; a free place where it does not.
    private func place(of anchor: Anchor, _ hash: Int) -> Int {
        place(after: hash) { users[$0].stamp.anchor == anchor }
    }

    /// The first place that is free, or is that of the user who is sought.
    private func place(after hash: Int, isSought: (Int) -> Bool) -> Int {
        let tag = Self.tag(hash)
        var place = hash & (places.count - 1)
        while places[place].user != 0 {
            if places[place].tag == tag, isSought(Int(places[place].user) - 1) { return place }
            place = (place + 1) & (places.count - 1)
        }
        return place
    }

    /// Bits of the hash that do not tell the place as well.
    private static func tag(_ hash: Int) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }
}
