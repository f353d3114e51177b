internal import SystemKit
package import SystemPackage

/// Sdists by name, from the package index or from the cache.
///
/// `fetched/sdists/HASH/FILENAME` holds the archives. One that was named with its version is not
/// asked for again; a name alone means the newest final release, which only the index knows.
package struct SdistStore: Sendable {
  /// A project, and perhaps its version, as the user names it.
  package struct Name: Sendable, Hashable {
    /// The project's name, normalised.
    let project: String
    /// `==VERSION`, or every version.
    let specifier: VersionSpecifier

    /// nil for a text that is neither `NAME` nor `NAME==VERSION`.
    package init?(_ text: String) {
      guard let found = text.firstRange(of: "==") else {
        guard ProjectName.isValid(text) else { return nil }
        project = ProjectName.normalised(text)
        specifier = .any
        return
      }
      let name = text[..<found.lowerBound]
      guard ProjectName.isValid(name), !text.contains(","),
        PackageVersion(text[found.upperBound...]) != nil,
        let specifier = VersionSpecifier(text[found.lowerBound...])
      else { return nil }
      project = ProjectName.normalised(name)
      self.specifier = specifier
    }
  }

  private let index: PackageIndex?
  private let cache: FilePath?

  /// Without an index only what the cache holds is found; without a cache nothing is.
  package init(index: PackageIndex?, cache: FilePath?) {
    self.index = index
    self.cache = cache
  }

  /// The path of the archive.
  package func archive(of name: Name) async throws(FetchError) -> FilePath {
    guard let folder = cache?.appending("fetched") else { throw .noCache }
    let pins = FetchPins(folder: folder, kind: "sdist")
    if name.specifier.isExact, let pin = pins.read(name.project, name.specifier) {
      let path = Self.path(pin, folder)
      if fileStatus(path)?.kind == .regular { return path }
    }
    guard let index else {
      throw .fetchingForbidden(project: name.project + name.specifier.description)
    }
    let (file, version) = try DistributionFile.choose(
      try await index.files(of: name.project), .sdist, of: name.project, name.specifier, python: "")
    makeFolders(folder)
    guard let scratch = makePrivateFolder(prefix: ".part-", in: folder) else { throw .noCache }
    defer { removeTree(scratch) }
    let part = scratch.appending("sdist")
    let digest = try await index.download(file, to: part)
    let pin = FetchPins.Pin(
      project: name.project, specifier: name.specifier.description, version: version.description,
      filename: file.filename, sha256: digest)
    let target = Self.path(pin, folder)
    makeFolders(target.removingLastComponent())
    guard renameFile(part, to: target) else { throw .noCache }
    pins.write(pin, name.specifier, by: scratch)
    return target
  }

  private static func path(_ pin: FetchPins.Pin, _ folder: FilePath) -> FilePath {
    folder.appending("sdists").appending(pin.sha256).appending(pin.filename)
  }
}
