internal import ClangKit
internal import PythonAPI
internal import SystemKit
internal import SystemPackage

/// The prelude, compiled once for each set of flags that changes it and kept in the cache.
struct PrecompiledHeader {
  private let library: LibClang
  private let settings: ParseSettings

  init(_ library: LibClang, _ settings: ParseSettings) {
    self.library = library
    self.settings = settings
  }

  /// The arguments that make a unit begin with the prelude: its precompiled form, or the text
  /// where it cannot be compiled or kept.
  func arguments(for shared: [String], isCxx: Bool) -> (arguments: [String], unsaved: [UnsavedFile])
  {
    let text = Prelude.header(target: settings.target)
    let key = ContentName.of(
      [text, library.version, settings.headersIdentity] + shared)
    guard let cache = settings.cacheFolder else { return asText(text) }
    let folder = FilePath(cache).appending("prelude")
    let header = folder.appending("\(key).h")
    let compiled = folder.appending("\(key).pch")
    if fileStatus(compiled)?.kind != .regular {
      makeFolders(folder)
      guard compile(text, header, to: compiled, shared, isCxx: isCxx) else { return asText(text) }
    }
    return (
      ["-include-pch", compiled.string, "-Xclang", "-fno-validate-pch"], []
    )
  }

  private func asText(_ text: String) -> (arguments: [String], unsaved: [UnsavedFile]) {
    let path = "\(settings.root)/.ftaudit-prelude.h"
    return (["-include", path], [UnsavedFile(path: path, text: text)])
  }

  /// Compiles into a file of its own name first: several workers may do so at once, and a reader
  /// must never see half a header.
  private func compile(
    _ text: String, _ header: FilePath, to compiled: FilePath, _ shared: [String], isCxx: Bool
  ) -> Bool {
    let index = ClangIndex(library, excludeDeclarationsFromPCH: false)
    var arguments = shared
    if let place = arguments.firstIndex(of: "-x") {
      arguments[place + 1] = isCxx ? "c++-header" : "c-header"
    }
    guard
      let unit = try? TranslationUnit(
        index, path: header.string, arguments: arguments,
        unsaved: [UnsavedFile(path: header.string, text: text)],
        options: [.forSerialization])
    else { return false }
    let errors = unit.diagnostics(from: .error, limit: 1)
    guard errors.isEmpty else { return false }
    let temporary = "\(compiled.string).\(processIdentifier())"
    guard (try? unit.save(to: temporary)) != nil else { return false }
    return renameFile(FilePath(temporary), to: compiled)
  }
}

/// A short stable name for texts: FNV-1a of 64 bits over their bytes.
enum ContentName {
  static func of(_ texts: [String]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for text in texts {
      for byte in text.utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      }
      hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
    }
    return String(hash, radix: 16)
  }
}
