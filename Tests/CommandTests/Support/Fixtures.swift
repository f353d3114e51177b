import Findings
import Foundation
import Frontend
import PythonAPI
import Rules
import SystemKit
import SystemPackage
import Testing

@testable import ftaudit

/// One entry of a rule's folder in 'TestExtensions': a package.
struct Fixture: Hashable, Sendable, CustomTestStringConvertible {
  /// Such as `gil-slot-missing/bad.c`.
  var name: String
  /// The CPython whose view the fixture takes.
  var target: TargetVersion
  var markers: [Marker]

  var testDescription: String { name }
  var path: FilePath { Surroundings.extensions.appending(name) }
  var isFolder: Bool { fileStatus(path)?.kind == .directory }

  /// Folders of 'TestExtensions' that are no rule's.
  static let others: Set<String> = ["hostile", "lowering", "menagerie"]

  /// All folders of rules, by name.
  static let folders = (folderEntries(Surroundings.extensions) ?? []).filter {
    !others.contains($0)
      && fileStatus(Surroundings.extensions.appending($0))?.kind == .directory
  }

  /// All fixtures, sorted by name.
  static let all: [Fixture] = folders.flatMap { folder in
    (folderEntries(Surroundings.extensions.appending(folder)) ?? []).compactMap { entry in
      let isHeader = entry.hasSuffix(".h")
      return isHeader || entry.hasPrefix(".") ? nil : Fixture(name: "\(folder)/\(entry)")
    }
  }

  init(name: String) {
    self.name = name
    let path = Surroundings.extensions.appending(name)
    var texts: [(String, String)] = []
    Self.collect(path, as: "", into: &texts)
    target = texts.contains { $0.1.contains("// target: 3.15") } ? .v3_15 : .standard
    markers = texts.flatMap { Marker.read($0.1, file: $0.0) }
  }

  private static func collect(
    _ path: FilePath, as prefix: String, into texts: inout [(String, String)]
  ) {
    if fileStatus(path)?.kind == .directory {
      for entry in folderEntries(path) ?? [] {
        let name = prefix.isEmpty ? entry : "\(prefix)/\(entry)"
        collect(path.appending(entry), as: name, into: &texts)
      }
    } else if let bytes = readRegularFile(path) {
      let name = prefix.isEmpty ? path.lastComponent?.string ?? "" : prefix
      texts.append((name, String(decoding: bytes, as: UTF8.self)))
    }
  }
}

/// The Python headers that fixtures are audited with.
enum HeaderSet: String, Sendable, CaseIterable {
  case newest, oldest

  /// Those that the prelude can raise to the targets, the newest first.
  static let all = PythonHeaders.all(environment: Surroundings.environment).filter {
    ($0.version.major, $0.version.minor) >= (3, 11)
  }

  func headers() throws -> PythonHeaders {
    try #require(self == .newest ? Self.all.first : Self.all.last, "no Python headers are here")
  }
}

/// Audits fixtures in this process.
enum FixtureAudits {
  static func report(of fixture: Fixture) async throws -> AuditReport {
    if fixture.isFolder { return try await audit(fixture.path, .newest, fixture.target) }
    // A lone source is a package of its own, with the headers beside it.
    let scratch = try Scratch()
    let name = try #require(fixture.path.lastComponent?.string)
    try scratch.copy(fixture: fixture.name, as: name)
    let above = fixture.path.removingLastComponent()
    for header in folderEntries(above) ?? [] where header.hasSuffix(".h") {
      try scratch.copy(above.appending(header), as: header)
    }
    return try await audit(scratch.path, .newest, fixture.target)
  }

  static func audit(
    _ folder: FilePath, _ headers: HeaderSet, _ target: TargetVersion
  ) async throws -> AuditReport {
    let settings = Surroundings.settings(headers: try headers.headers(), target: target)
    await Turns.shared.take()
    let result: Result<AuditReport, any Error>
    do {
      let tree = try Acquisition().acquire(folder.string)
      let audit = Audit(settings: settings, program: Surroundings.program)
      result = .success(try await audit.run(tree, progress: Progress(isShown: false)).report)
    } catch {
      result = .failure(error)
    }
    await Turns.shared.give()
    return try result.get()
  }
}
