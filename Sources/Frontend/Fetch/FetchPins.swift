internal import FoundationEssentials
internal import SystemKit
internal import SystemPackage

/// Which file was once chosen for a requirement: `pins/PROJECT-…` in a folder of the cache.
struct FetchPins: Sendable {
  /// The file that stands for a requirement.
  struct Pin: Codable, Hashable {
    var project: String
    var specifier: String
    var version: String
    var filename: String
    /// In small letters; a file or folder of the cache has this name.
    var sha256: String
  }

  private let folder: FilePath
  private let kind: String

  /// `kind` keeps apart what is chosen by other measures, such as wheels of another target.
  init(folder: FilePath, kind: String) {
    self.folder = folder.appending("pins")
    self.kind = kind
  }

  /// nil where nothing was chosen yet.
  func read(_ project: String, _ specifier: VersionSpecifier) -> Pin? {
    guard let bytes = readRegularFile(path(project, specifier), limit: 1 << 16),
      let pin = try? JSONDecoder().decode(Pin.self, from: Data(bytes)), pin.project == project,
      pin.specifier == specifier.description, Self.isDigest(pin.sha256),
      !pin.filename.contains("/")
    else { return nil }
    return pin
  }

  /// Writes into the folder `scratch` first, so that no reader sees half a pin. Where that fails
  /// the next audit asks again, and no more is lost.
  func write(_ pin: Pin, _ specifier: VersionSpecifier, by scratch: FilePath) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    guard let data = try? encoder.encode(pin) else { return }
    makeFolders(folder)
    let part = scratch.appending("pin")
    if writeNewFile(part, Array(data)) {
      _ = renameFile(part, to: path(pin.project, specifier))
    }
  }

  private func path(_ project: String, _ specifier: VersionSpecifier) -> FilePath {
    let name = ContentName.of([kind, project, specifier.description])
    return folder.appending("\(project)-\(name).json")
  }

  /// Whether a text is a sha256 in small letters; nothing else becomes part of a path.
  static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64 && text.allSatisfy { "0123456789abcdef".contains($0) }
  }
}
