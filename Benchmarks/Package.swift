// swift-tools-version: 6.2
import PackageDescription

// As in the package that is measured.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

func measured(_ name: String) -> Target.Dependency { .product(name: name, package: "ad-user-sync") }

let package = Package(
    name: "Benchmarks",
    products: [
        .executable(name: "plan", targets: ["plan"]),
        .executable(name: "read-file", targets: ["read-file"]),
    ],
    // By its name: without, it would be called after the folder it was cloned into.
    dependencies: [.package(name: "ad-user-sync", path: "..")],
    targets: [
        // What both have in common: the people, the clock, the report.
        .target(
            name: "BenchmarkSupport",
            dependencies: [measured("Directory"), measured("DistinguishedNames"), measured("SyncTestSupport")]
        ),
        .executableTarget(
            name: "plan",
            dependencies: [
                "BenchmarkSupport", measured("SyncPlan"), measured("Directory"), measured("DistinguishedNames"),
                measured("SyncTestSupport"),
            ]
        ),
        .executableTarget(
            name: "read-file",
            dependencies: [
                "BenchmarkSupport", measured("UserFile"), measured("Directory"), measured("DistinguishedNames"),
                measured("SyncTestSupport"),
            ]
        ),
    ]
)

for target in package.targets { target.swiftSettings = (target.swiftSettings ?? []) + strict }
