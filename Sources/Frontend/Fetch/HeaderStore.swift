internal import FoundationEssentials
internal import SystemKit
internal import SystemPackage

/// Headers of projects, unpacked from wheels into the cache.
///
/// `fetched/pins` says for each requirement which file was once chosen, by its hash;
/// `fetched/headers/HASH` holds that file's headers. So what an audit reads stays the same until
/// the cache is cleared, and no network is needed again.
struct HeaderStore: Sendable {
  /// The file that stands for a requirement.
  struct Pin: Codable, Hashable {
    var project: String
    var specifier: String
    var version: String
    var filename: String
    var sha256: String
  }

  /// A project's unpacked headers.
  struct Headers {
    var pin: Pin
    /// The folder that the wheel was unpacked into.
    var folder: FilePath
  }

  /// How much of a wheel's headers is unpacked.
  private static let limits = Archive.Limits(bytes: 256 << 20, entries: 100_000)

  private let folder: FilePath
  /// The target's version in a wheel's tag, such as "314".
  private let python: String

  init(cache: FilePath, python: String) {
    folder = cache.appending("fetched")
    self.python = python
  }

  /// What an earlier audit has fetched for a requirement; nil when there is nothing.
  func kept(_ project: String, _ specifier: VersionSpecifier) -> Headers? {
    guard let bytes = readRegularFile(pinPath(project, specifier), limit: 1 << 16),
      let pin = try? JSONDecoder().decode(Pin.self, from: Data(bytes)), pin.project == project,
      pin.specifier == specifier.description, Self.isDigest(pin.sha256)
    else { return nil }
    let headers = headersPath(pin.sha256)
    return fileStatus(headers)?.kind == .directory ? Headers(pin: pin, folder: headers) : nil
  }

  /// Fetches the wheel for a requirement and keeps its headers.
  func fetch(
    _ project: String, _ specifier: VersionSpecifier, from index: PackageIndex
  ) async throws(FetchError) -> Headers {
    let files = try await index.files(of: project)
    let (file, version) = try DistributionFile.choose(
      files, .wheel, of: project, specifier, python: python)
    makeFolders(folder.appending("pins"))
    makeFolders(folder.appending("headers"))
    // A folder of its own, so that what is half done is seen by nobody.
    guard let scratch = makePrivateFolder(prefix: ".part-", in: folder) else { throw .noCache }
    defer { removeTree(scratch) }
    let wheel = scratch.appending("wheel")
    let digest = try await index.download(file, to: wheel)
    guard Self.isDigest(digest) else { throw .wrongHash(file: file.filename) }
    let target = headersPath(digest)
    if fileStatus(target)?.kind != .directory {
      let unpacked = scratch.appending("headers")
      makeFolders(unpacked)
      do throws(ArchiveError) {
        _ = try Archive(wheel, limits: Self.limits, name: file.filename)
          .extract(to: unpacked) { HeaderProjects.isHeader($0) }
      } catch {
        throw .archive(error.description)
      }
      // Another audit may have been first; its headers are the same.
      if !renameFile(unpacked, to: target), fileStatus(target)?.kind != .directory {
        throw .noCache
      }
    }
    let pin = Pin(
      project: project, specifier: specifier.description, version: version.description,
      filename: file.filename, sha256: digest)
    keep(pin, specifier, scratch)
    return Headers(pin: pin, folder: target)
  }

  private func keep(_ pin: Pin, _ specifier: VersionSpecifier, _ scratch: FilePath) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    guard let data = try? encoder.encode(pin) else { return }
    let part = scratch.appending("pin")
    // Without the pin the next audit asks again, and no more is lost.
    if writeNewFile(part, Array(data)) {
      _ = renameFile(part, to: pinPath(pin.project, specifier))
    }
  }

  private func pinPath(_ project: String, _ specifier: VersionSpecifier) -> FilePath {
    let name = ContentName.of([project, specifier.description, python])
    return folder.appending("pins").appending("\(project)-\(name).json")
  }

  private func headersPath(_ digest: String) -> FilePath {
    folder.appending("headers").appending(digest)
  }

  private static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64 && text.allSatisfy { "0123456789abcdef".contains($0) }
  }
}

extension HeaderStore.Headers {
  /// The headers of the wheel, relative to its folder, sorted.
  func files() -> [String] {
    var found: [String] = []
    func walk(_ path: FilePath, _ prefix: String, _ depth: Int) {
      guard depth < 32 else { return }
      for name in folderEntries(path) ?? [] {
        let below = path.appending(name)
        switch fileStatus(below, followLink: false)?.kind {
        case .regular: found.append(prefix + name)
        case .directory: walk(below, prefix + name + "/", depth + 1)
        default: break
        }
      }
    }
    walk(folder, "", 0)
    return found
  }

  /// The folder, relative to the wheel's, that makes `spelling` be found; nil when no file of the
  /// wheel ends so. Of several the one nearest to the top, as the others are parts of it.
  static func includeFolder(of spelling: String, in files: [String]) -> String? {
    files.filter { $0 == spelling || $0.hasSuffix("/" + spelling) }
      .map { String(Substring($0.utf8.dropLast(spelling.utf8.count))) }
      .min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
  }
}
