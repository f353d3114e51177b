import ClangKit
import Foundation
import ProgramModel
import PythonAPI
import SystemKit
import SystemPackage
import Testing

@testable import Frontend

/// Parses and lowers small sources in this process.
enum Lowering {
  /// The unit of a source, with further files beside it.
  static func model(
    of source: String, isCxx: Bool = false, includesPython: Bool = false,
    files: [String: String] = [:], flags: [String] = []
  ) throws -> UnitModel {
    let scratch = try Scratch()
    let name = isCxx ? "unit.cpp" : "unit.c"
    scratch.write(name, source)
    for (path, text) in files { scratch.write(path, text) }
    let root = try #require(realPath(scratch.path)).string
    let python = includesPython ? try pythonFolders.get() : []
    let settings = ParseSettings(
      libclang: nil, pythonFolders: python,
      headersIdentity: python.joined(separator: ":"), target: .standard,
      cacheFolder: cacheFolder, root: root)
    let unit = CompileUnit(
      path: name, language: isCxx ? .cxx : .c, flags: flags, quoteFolders: [], afterFolders: [],
      includesPython: includesPython, limitedAPI: nil)
    // The folder goes with the last use of 'scratch'.
    return try withExtendedLifetime(scratch) {
      try UnitParser(settings).model(of: UnitRequest(unit))
    }
  }

  /// The text of a source's variables and functions, or of one function.
  static func text(
    of source: String, function: String? = nil, isCxx: Bool = false, includesPython: Bool = false
  ) throws -> String {
    let model = try model(of: source, isCxx: isCxx, includesPython: includesPython)
    return ModelText(model).text(function: function)
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
