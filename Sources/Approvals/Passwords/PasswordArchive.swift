import Directory

enum PasswordArchive { static func bytes(of: [IssuedPassword], key: Secret, at: Timestamp) throws -> [UInt8] { [] } }
