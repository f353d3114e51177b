internal import ClangKit
internal import FoundationEssentials
internal import ProgramModel
internal import PythonAPI
internal import SystemKit
internal import SystemPackage

/// Why a unit has no model. The reason completes "not analysed: …".
package struct UnitFailure: Error, Sendable, Hashable, CustomStringConvertible {
  package var reason: String
  package var description: String { reason }

  package init(_ reason: String) { self.reason = reason }
}

/// Parses units and lowers them, in this process.
struct UnitParser {
  private let library: LibClang
  private let settings: ParseSettings
  private let headers: PrecompiledHeader
  /// Shared by all units: they include much the same files, and each is resolved once.
  private let places: SourcePlaces

  /// Loads the libclang that the settings name, else the one that is found.
  init(_ settings: ParseSettings) throws(ClangLocator.Missing) {
    let found = try ClangLocator.find(
      explicit: settings.libclang, environment: ProcessInfo.processInfo.environment)
    library = found.library
    var settings = settings
    settings.resourceFolder = settings.resourceFolder ?? found.resourceFolder
    self.settings = settings
    headers = PrecompiledHeader(library, settings)
    places = SourcePlaces(settings)
  }

  /// libclang's own version line.
  var version: String { library.version }

  func model(of request: UnitRequest) throws(UnitFailure) -> UnitModel {
    lower(try parse(request), request)
  }

  /// Parses a unit. Its owner decides when it is freed, which takes a while for a large one.
  func parse(_ request: UnitRequest) throws(UnitFailure) -> TranslationUnit {
    let arguments = UnitArguments(request, settings)
    var all = arguments.shared
    var unsaved: [UnsavedFile] = []
    if request.includesPython {
      let prelude = headers.arguments(for: arguments.shared, isCxx: request.isCxx)
      all += prelude.arguments
      unsaved = prelude.unsaved
    }
    all += arguments.own
    let index = ClangIndex(library, excludeDeclarationsFromPCH: true)
    let path = "\(settings.root)/\(request.path)"
    let unit: TranslationUnit
    do throws(ClangError) {
      unit = try TranslationUnit(
        index, path: path, arguments: all, unsaved: unsaved, options: [.keepGoing])
    } catch {
      throw UnitFailure(
        error.description.replacing(settings.root + "/", with: ""))
    }
    try refuseForeignFiles(of: unit)
    return unit
  }

  func lower(_ unit: TranslationUnit, _ request: UnitRequest) -> UnitModel {
    let lowering = UnitLowering(
      unit, path: request.path, isCxx: request.isCxx,
      watchedMacros: Self.watchedMacros, relativePath: places.relativePath)
    var model = lowering.lower()
    // Some messages name a file by its absolute path, which differs from machine to machine.
    for index in model.diagnostics.indices {
      let message = model.diagnostics[index].message
      model.diagnostics[index].message = message.replacing(settings.root + "/", with: "")
    }
    return model
  }

  /// The module macros of the binding frameworks, whose arguments say what a module declares.
  private static let watchedMacros: Set<String> = [
    "PYBIND11_MODULE", "PYBIND11_EMBEDDED_MODULE", "PYBIND11_PLUGIN", "NB_MODULE",
    "BOOST_PYTHON_MODULE", "PYTHRAN_MODULE",
  ]

  /// A unit that read a file from outside the tree and the header folders is not used at all:
  /// types, messages and places could hold parts of that file.
  private func refuseForeignFiles(
    of unit: TranslationUnit
  ) throws(UnitFailure) {
    for file in unit.includedFiles() where !places.isAllowed(unit.path(of: file)) {
      throw UnitFailure("it includes a file outside the package and the header folders")
    }
  }
}

/// Which files belong to the package, and which may be read besides.
final class SourcePlaces {
  private let root: String
  private var allowed: [String]
  private var known: [String: String?] = [:]

  init(_ settings: ParseSettings) {
    root = settings.root + "/"
    allowed = ["/usr/include/", "/usr/lib/", "/usr/local/include/", "/usr/lib64/"]
    for folder in settings.pythonFolders
      + [settings.resourceFolder, settings.cacheFolder].compactMap({ $0 })
    {
      allowed.append((realPath(FilePath(folder))?.string ?? folder) + "/")
    }
  }

  private func real(_ path: String) -> String? {
    if let found = known[path] { return found }
    let real = realPath(FilePath(path))?.string
    known[path] = real
    return real
  }

  /// Path relative to the root; nil for files outside it.
  func relativePath(_ path: String) -> String? {
    guard let real = real(path), real.hasPrefix(root) else { return nil }
    return String(real.dropFirst(root.count))
  }

  func isAllowed(_ path: String) -> Bool {
    // A file that exists only in memory is the prelude's text.
    guard let real = real(path) else {
      return path.hasSuffix("/.ftaudit-prelude.h") || !path.hasPrefix("/")
    }
    return real.hasPrefix(root) || allowed.contains { real.hasPrefix($0) }
  }
}
