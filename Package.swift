// swift-tools-version: 6.2

import Foundation
import PackageDescription

/// The LLVM whose libclang headers ftaudit is compiled against: `LLVM_PREFIX`, else the newest
/// `/usr/lib/llvm-N`. The library itself is loaded at run time, so one binary serves with any.
func llvmPrefix() -> String? {
  if let prefix = ProcessInfo.processInfo.environment["LLVM_PREFIX"], !prefix.isEmpty {
    return prefix
  }
  let files = FileManager.default
  let versions = ((try? files.contentsOfDirectory(atPath: "/usr/lib")) ?? [])
    .compactMap { $0.hasPrefix("llvm-") ? Int($0.dropFirst(5)) : nil }
    .filter { files.fileExists(atPath: "/usr/lib/llvm-\($0)/include/clang-c/Index.h") }
  return versions.filter { $0 >= 17 }.max().map { "/usr/lib/llvm-\($0)" }
}

// Without headers the build goes on to CLibclang.h, whose '#error' names the package to install.
let clangInclude = llvmPrefix().map { ["-I\($0)/include"] } ?? []
let clangHeaders: [SwiftSetting] = [
  .unsafeFlags(clangInclude.flatMap { ["-Xcc", $0] })
]

let common: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ] + clangHeaders

// The lowering asks its own state millions of times; the compiler's proofs stay, and debug builds,
// in which the tests run, check at run time too.
let hot: [SwiftSetting] = [
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))
]

/// Only `ClangKit` (libclang) and `SystemKit` (libarchive, POSIX) may hold unsafe code.
let safe: [SwiftSetting] = common + [.strictMemorySafety()]

let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

let package = Package(
  name: "ftaudit",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "ftaudit", targets: ["ftaudit"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    .package(url: "https://github.com/pointfreeco/swift-custom-dump", from: "1.7.3"),
  ],
  targets: [
    .target(name: "CLibclang", cSettings: [.unsafeFlags(clangInclude)]),
    .systemLibrary(
      name: "CLibarchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .target(name: "ClangKit", dependencies: ["CLibclang"], swiftSettings: common + hot),
    .target(name: "SystemKit", dependencies: ["CLibarchive", system], swiftSettings: common),
    .target(name: "PythonAPI", exclude: ["Facts", "Prelude"], swiftSettings: safe),
    .target(name: "ProgramModel", swiftSettings: safe),
    .target(
      name: "Frontend",
      dependencies: [
        "ClangKit", "SystemKit", "PythonAPI", "ProgramModel", collections, system, subprocess,
      ],
      swiftSettings: safe + hot),
    .target(
      name: "Analysis", dependencies: ["ProgramModel", "PythonAPI", collections],
      swiftSettings: safe),
    .target(name: "Findings", dependencies: ["ProgramModel"], swiftSettings: safe),
    .target(
      name: "Rules", dependencies: ["Analysis", "Findings", "PythonAPI", "ProgramModel"],
      swiftSettings: safe),
    .target(
      name: "Repair", dependencies: ["Analysis", "Findings", "PythonAPI", "ProgramModel"],
      swiftSettings: safe),
    .target(name: "Reporters", dependencies: ["Findings"], swiftSettings: safe),
    .executableTarget(
      name: "ftaudit",
      dependencies: [
        "Frontend", "Analysis", "Rules", "Repair", "Reporters", "Findings", "ProgramModel",
        "PythonAPI", "ClangKit", "SystemKit", system,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: safe),
    .testTarget(
      name: "ClangKitTests", dependencies: ["ClangKit", "CLibclang"], swiftSettings: common),
    .testTarget(name: "PythonAPITests", dependencies: ["PythonAPI"], swiftSettings: common),
    .testTarget(name: "ProgramModelTests", dependencies: ["ProgramModel"], swiftSettings: common),
    .testTarget(
      name: "FrontendTests",
      dependencies: [
        "Frontend", "ClangKit", "ProgramModel", "PythonAPI", "SystemKit", system,
        .product(name: "CustomDump", package: "swift-custom-dump"),
      ], swiftSettings: common),
    .target(
      name: "ModelBuilder", dependencies: ["ProgramModel"], path: "Tests/ModelBuilder",
      swiftSettings: common),
    .target(
      name: "SourceModels",
      dependencies: ["Frontend", "ProgramModel", "PythonAPI", "SystemKit", system],
      path: "Tests/SourceModels", swiftSettings: common),
    .testTarget(
      name: "AnalysisTests",
      dependencies: [
        "Analysis", "Frontend", "ModelBuilder", "ProgramModel", "PythonAPI", "SourceModels",
        "SystemKit", system,
      ],
      swiftSettings: common),
    .testTarget(
      name: "RulesTests",
      dependencies: [
        "Rules", "Analysis", "Findings", "ModelBuilder", "ProgramModel", "SourceModels",
      ],
      swiftSettings: common),
    .testTarget(
      name: "FindingsTests", dependencies: ["Findings", "ProgramModel"], swiftSettings: common),
    .testTarget(
      name: "RepairTests",
      dependencies: [
        "Repair", "Analysis", "Findings", "ProgramModel", "Rules", "SourceModels", "SystemKit",
        system,
      ],
      swiftSettings: common),
    .testTarget(
      name: "ReportersTests",
      dependencies: [
        "Reporters", "Findings", "ProgramModel",
        .product(name: "CustomDump", package: "swift-custom-dump"),
      ],
      exclude: ["Golden"],
      swiftSettings: common),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "ftaudit", "Frontend", "Rules", "Findings", "PythonAPI", "SystemKit", subprocess, system,
      ],
      exclude: ["Golden"],
      swiftSettings: common),
  ],
  swiftLanguageModes: [.v6]
)
