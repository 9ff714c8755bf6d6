// swift-tools-version: 6.2
import PackageDescription

// Every target gets the same strict flags: see "Strict flags for every target" in docs/architecture.md.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

// `scripts/package` and `scripts/install` say which commit they build; see `CBuild`.
let commit: [CSetting] =
    (Context.environment["AD_USER_SYNC_COMMIT"] ?? "").isEmpty
    ? [] : [.define("AD_USER_SYNC_COMMIT", to: Context.environment["AD_USER_SYNC_COMMIT"])]

let package = Package(
    name: "ad-user-sync",
    products: [
        .executable(name: "ad-user-sync", targets: ["ad-user-sync"]),
        // What `Benchmarks` measures, a package of its own: who builds the program need not build that.
        .library(name: "SyncPlan", targets: ["SyncPlan"]),
        .library(name: "UserFile", targets: ["UserFile"]),
        .library(name: "Directory", targets: ["Directory"]),
        .library(name: "DistinguishedNames", targets: ["DistinguishedNames"]),
        .library(name: "SyncTestSupport", targets: ["SyncTestSupport"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // The approvals page. Without its default traits: neither swift-configuration nor the whole of Foundation.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The border to C: a module map and a thin, documented shim each.
        .systemLibrary(name: "CLDAP", pkgConfig: "ldap", providers: [.apt(["libldap2-dev", "libsasl2-dev"])]),
        // Without pkg-config: that of Debian says -isystem, which SwiftPM prohibits, and the headers are where all are.
        .systemLibrary(name: "CKerberos", providers: [.apt(["libkrb5-dev"])]),
        .systemLibrary(name: "CResolver"),
        .systemLibrary(name: "CProcess"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),

        // What the build was told about itself.
        .target(name: "CBuild", cSettings: commit),

        // Names as RFC 4514 and AD have them; the one thing both LDAP and Directory need.
        .target(name: "DistinguishedNames"),
        // Search filters as RFC 4515 writes them; both LDAP and SourceRecords read some. Pure.
        .target(name: "LDAPFilters"),
        .target(
            name: "LDAP",
            dependencies: [
                "CLDAP", "CKerberos", "CResolver", "COpenSSL", "DistinguishedNames", "LDAPFilters",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(name: "Directory", dependencies: ["DistinguishedNames"]),
        // Who may do what to an object: descriptors, tokens, and the rule that compares them. Pure.
        .target(name: "AccessControl", dependencies: ["Directory", "DistinguishedNames"]),
        .target(
            name: "ActiveDirectory",
            dependencies: [
                "LDAP", "Directory", "DistinguishedNames", "AccessControl",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        // What an account needs to be allowed, what it is, and the commands between the two. Pure.
        .target(name: "Delegation", dependencies: ["AccessControl", "Directory", "DistinguishedNames"]),
        .target(name: "AtomicFile"),
        // The one JSON reader, of configurations and user files.
        .target(name: "StrictJSON"),
        // What the JSON documents look like: the keys, for help, references and JSON Schemas. Pure.
        .target(name: "JSONShapes", dependencies: ["StrictJSON"]),
        .target(
            name: "SyncConfiguration",
            dependencies: [
                "LDAP", "LDAPFilters", "Directory", "DistinguishedNames", "SourceRecords", "RunNotices", "StrictJSON",
                "JSONShapes",
            ]
        ),
        .target(
            name: "UserFile",
            dependencies: ["Directory", "DistinguishedNames", "COpenSSL", "AtomicFile", "StrictJSON", "JSONShapes"]
        ),
        // Between the verified file and the planner: which records are meant, and what they become here. Pure.
        .target(name: "SourceRecords", dependencies: ["Directory", "DistinguishedNames", "LDAPFilters"]),
        // How a run ended, as people, programs and Prometheus read it. Pure.
        .target(name: "RunNotices", dependencies: ["Directory"]),
        // Bringing it to commands and URLs.
        .target(
            name: "NoticeDelivery",
            dependencies: [
                "RunNotices", "Directory", "CProcess", "CCurl",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        // Which names pretend to be others. Pure, and of use to whoever is asked to approve one.
        .target(name: "LookAlikes"),
        .target(
            name: "SyncPlan",
            dependencies: ["Directory", "DistinguishedNames", "LookAlikes"]
        ),
        .target(
            name: "SyncRun",
            dependencies: [
                "SyncPlan", "Directory", "DistinguishedNames",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        // What runs did, on disk: writing it, reading it back.
        .target(
            name: "Journal",
            dependencies: ["SyncRun", "SyncPlan", "Directory", "DistinguishedNames", "AtomicFile"]
        ),
        .target(
            name: "Approvals",
            dependencies: [
                "SyncPlan", "SyncRun", "SourceRecords", "LDAPFilters", "Directory", "DistinguishedNames", "AtomicFile",
                "StrictJSON", "JSONShapes",
                "CZip",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        // The page of `import --interactive`. Its resources are embedded: the program is a single file.
        .target(
            name: "ApprovalsWeb",
            dependencies: [
                "Approvals", "SyncPlan", "Directory", "DistinguishedNames",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.embedInCode("Resources/Assets"), .embedInCode("Resources/Templates")]
        ),
        .target(
            name: "SyncCommands",
            dependencies: [
                "LDAP", "LDAPFilters", "Directory", "DistinguishedNames", "ActiveDirectory", "AccessControl",
                "Delegation",
                "SyncConfiguration", "UserFile", "SyncPlan", "SourceRecords", "SyncRun", "Journal", "Approvals",
                "ApprovalsWeb", "AtomicFile", "StrictJSON", "JSONShapes", "COpenSSL", "CBuild", "RunNotices",
                "NoticeDelivery",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .executableTarget(
            name: "ad-user-sync",
            dependencies: [
                "SyncCommands",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .target(name: "SyncTestSupport", dependencies: ["Directory", "DistinguishedNames", "SyncPlan"]),

        // What the tests on real domains share: the lab as `scripts/lab env` describes it, other people's LDAP tools.
        .target(name: "LabSupport", path: "Tests/LabSupport"),
        .testTarget(
            name: "ActiveDirectoryTests",
            dependencies: ["ActiveDirectory", "Approvals", "LDAP", "Directory", "DistinguishedNames", "LabSupport"]
        ),
        .testTarget(name: "AccessControlTests", dependencies: ["AccessControl", "Directory"]),
        .testTarget(
            name: "DelegationTests", dependencies: ["Delegation", "AccessControl", "Directory", "DistinguishedNames"]),
        .testTarget(name: "AtomicFileTests", dependencies: ["AtomicFile"]),
        .testTarget(
            name: "SyncCommandsTests",
            dependencies: [
                "SyncCommands", "SyncConfiguration", "SyncPlan", "Directory", "DistinguishedNames", "LabSupport",
            ]),
        .testTarget(
            name: "SyncConfigurationTests",
            dependencies: [
                "SyncConfiguration", "SourceRecords", "RunNotices", "LDAP", "Directory", "DistinguishedNames",
                "StrictJSON", "JSONShapes",
            ]
        ),
        .testTarget(name: "DirectoryTests", dependencies: ["Directory", "DistinguishedNames"]),
        .testTarget(name: "DistinguishedNamesTests", dependencies: ["DistinguishedNames"]),
        // Runs the program itself, as a process of its own.
        .testTarget(name: "EndToEndTests", dependencies: ["ad-user-sync", "LabSupport"]),
        .testTarget(name: "JSONShapesTests", dependencies: ["JSONShapes", "StrictJSON"]),
        .testTarget(
            name: "JournalTests",
            dependencies: [
                "Journal", "SyncRun", "SyncPlan", "Directory", "DistinguishedNames", "SyncTestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "NoticeDeliveryTests",
            dependencies: [
                "NoticeDelivery", "RunNotices", "Directory", "LabSupport",
                .product(name: "InMemoryLogging", package: "swift-log"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(name: "RunNoticesTests", dependencies: ["RunNotices", "Directory"]),
        .testTarget(name: "LDAPFiltersTests", dependencies: ["LDAPFilters"]),
        .testTarget(
            name: "LDAPTests",
            dependencies: [
                "LDAP", "CLDAP", "LDAPFilters", "DistinguishedNames",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "ApprovalsTests",
            dependencies: [
                "Approvals", "SyncPlan", "SyncRun", "Directory", "DistinguishedNames", "SyncTestSupport", "LabSupport",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "ApprovalsWebTests",
            dependencies: [
                "ApprovalsWeb", "Approvals", "SourceRecords", "LDAPFilters", "SyncPlan", "Directory", "SyncTestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "SyncPlanTests",
            dependencies: ["SyncPlan", "Approvals", "Directory", "DistinguishedNames", "SyncTestSupport"]
        ),
        .testTarget(
            name: "SyncRunTests",
            dependencies: [
                "SyncRun", "SyncPlan", "Directory", "DistinguishedNames", "SyncTestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "UndoTests",
            dependencies: [
                "Journal", "SyncRun", "SyncPlan", "Directory", "DistinguishedNames", "SyncTestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "SourceRecordsTests",
            dependencies: ["SourceRecords", "LDAPFilters", "Directory", "DistinguishedNames", "SyncTestSupport"]
        ),
        .testTarget(name: "LookAlikesTests", dependencies: ["LookAlikes"]),
        .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"]),
        .testTarget(name: "UserFileTests", dependencies: ["UserFile", "Directory", "DistinguishedNames"]),
    ]
)

// `scripts/fuzz` alone asks for it: libFuzzer brings a `main` of its own, and every target has to be built for it.
if Context.environment["AD_USER_SYNC_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "UserFile", "StrictJSON", "Approvals", "SyncConfiguration", "DistinguishedNames",
                "AccessControl", "Journal", "SyncPlan", "Directory", "LookAlikes",
            ],
            path: "Tests/Fuzz", exclude: ["Corpus", "dictionary"], swiftSettings: [.unsafeFlags(["-parse-as-library"])])
    )
}

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + strict
}
