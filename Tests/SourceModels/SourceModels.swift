import Foundation
package import ProgramModel
import PythonAPI
import SystemKit
import SystemPackage

// Parsing in this process is for tests only; this target is never part of the program.
@testable import Frontend

/// Models of small C and C++ sources that tests hold as text.
package enum SourceModels {
  /// What a source of a test must not have.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// The model of each source, by path; headers are written beside them and not parsed alone.
  ///
  /// Throws when clang has anything to say: a test's source must be whole.
  package static func units(_ files: [(path: String, text: String)]) throws -> [UnitModel] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ftaudit-sources-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in files {
      try file.text.write(
        to: folder.appendingPathComponent(file.path), atomically: true, encoding: .utf8)
    }
    guard let root = realPath(FilePath(folder.path))?.string else {
      throw Failure(description: "no folder for sources")
    }
    let python = try pythonFolders.get()
    let settings = ParseSettings(
      libclang: nil, pythonFolders: python, headersIdentity: python.joined(separator: ":"),
      target: .standard, cacheFolder: cacheFolder, root: root)
    return try files.filter { !$0.path.hasSuffix(".h") }.map { file in
      let unit = CompileUnit(
        path: file.path, language: file.path.hasSuffix(".c") ? .c : .cxx, flags: [],
        quoteFolders: [], afterFolders: [], includesPython: true, limitedAPI: nil)
      let model = try UnitParser(settings).model(of: UnitRequest(unit))
      guard model.diagnostics.isEmpty else {
        throw Failure(description: "\(file.path): \(model.diagnostics)")
      }
      return model
    }
  }

  /// One folder for the precompiled headers of all tests.
  private static let cacheFolder = FileManager.default.temporaryDirectory
    .appendingPathComponent("ftaudit-lowering-tests").path

  private static let pythonFolders = Result {
    let found = try PythonHeaders.find(
      python: nil, target: .standard, environment: ProcessInfo.processInfo.environment)
    return [found.includeFolder.string] + found.extraFolders.map(\.string)
  }
}
