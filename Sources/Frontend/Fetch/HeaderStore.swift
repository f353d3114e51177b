internal import SystemKit
internal import SystemPackage

/// Headers of projects, unpacked from wheels into the cache.
///
/// `fetched/pins` says for each requirement which file was once chosen, by its hash;
/// `fetched/headers/HASH` holds that file's headers. So what an audit reads stays the same until
/// the cache is cleared, and no network is needed again.
struct HeaderStore: Sendable {
  /// A project's unpacked headers.
  struct Headers {
    var pin: FetchPins.Pin
    /// The folder that the wheel was unpacked into.
    var folder: FilePath
  }

  /// How much of a wheel's headers is unpacked.
  private static let limits = Archive.Limits(bytes: 256 << 20, entries: 100_000)

  private let folder: FilePath
  private let pins: FetchPins
  /// The target's version in a wheel's tag, such as "314".
  private let python: String

  init(cache: FilePath, python: String) {
    folder = cache.appending("fetched")
    pins = FetchPins(folder: folder, kind: "wheel-\(python)")
    self.python = python
  }

  /// What an earlier audit has fetched for a requirement; nil when there is nothing.
  func kept(_ project: String, _ specifier: VersionSpecifier) -> Headers? {
    guard let pin = pins.read(project, specifier) else { return nil }
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
    makeFolders(folder.appending("headers"))
    // A folder of its own, so that what is half done is seen by nobody.
    guard let scratch = makePrivateFolder(prefix: ".part-", in: folder) else { throw .noCache }
    defer { removeTree(scratch) }
    // Another requirement may have led to the same file.
    var digest = file.sha256?.lowercased() ?? ""
    if !isUnpacked(digest) {
      digest = try await unpack(file, from: index, by: scratch)
    }
    let pin = FetchPins.Pin(
      project: project, specifier: specifier.description, version: version.description,
      filename: file.filename, sha256: digest)
    pins.write(pin, specifier, by: scratch)
    return Headers(pin: pin, folder: headersPath(digest))
  }

  /// Downloads a wheel and moves its headers to where its sha256, which is returned, says.
  private func unpack(
    _ file: DistributionFile, from index: PackageIndex, by scratch: FilePath
  ) async throws(FetchError) -> String {
    let wheel = scratch.appending("wheel")
    let digest = try await index.download(file, to: wheel)
    let unpacked = scratch.appending("headers")
    makeFolders(unpacked)
    do throws(ArchiveError) {
      _ = try Archive(wheel, limits: Self.limits, name: file.filename)
        .extract(to: unpacked) { HeaderProjects.isHeader($0) }
    } catch {
      throw .archive(error.description)
    }
    // Another audit may have been first; its headers are the same.
    if !renameFile(unpacked, to: headersPath(digest)), !isUnpacked(digest) { throw .noCache }
    return digest
  }

  private func isUnpacked(_ digest: String) -> Bool {
    FetchPins.isDigest(digest) && fileStatus(headersPath(digest))?.kind == .directory
  }

  private func headersPath(_ digest: String) -> FilePath {
    folder.appending("headers").appending(digest)
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
