import FoundationEssentials
import Frontend
import PythonAPI
import SystemKit
import SystemPackage

/// The tools and limits that every input of one run is audited with.
struct AuditSettings: Sendable {
  /// The libclang that the user names; nil: it is looked for.
  var libclang: String?
  var headers: PythonHeaders
  var target: TargetVersion
  var jobs: Int
  /// Seconds for one unit.
  var timeLimit: Double
  var isVerbose: Bool
  var trustsArchives: Bool
  /// nil: nothing is kept between runs.
  var cacheFolder: FilePath?
  /// Whether headers that are missing may be fetched from the package index.
  var fetchesHeaders = false

  /// What a unit is parsed with in the tree at `root`.
  func parseSettings(root: FilePath) -> ParseSettings {
    let patch = headers.includeFolder.appending("patchlevel.h")
    let status = fileStatus(patch)
    return ParseSettings(
      libclang: libclang,
      pythonFolders: ([headers.includeFolder] + headers.extraFolders).map(\.string),
      headersIdentity:
        "\(headers.includeFolder) \(headers.versionText) \(status?.size ?? 0) \(status?.identity.inode ?? 0)",
      target: target, cacheFolder: cacheFolder?.string, root: root.string)
  }

  /// Where headers that are missing may come from.
  func headerSource(_ environment: [String: String]) -> HeaderSupply.Source {
    HeaderSupply.Source(
      index: fetchesHeaders ? PackageIndex(environment: environment) : nil, cache: cacheFolder,
      pythonFolders: [headers.includeFolder] + headers.extraFolders, version: target.rawValue)
  }

  /// The folder for what is kept: `FTAUDIT_CACHE`, else `ftaudit` in the user's cache folder; nil
  /// without a home.
  static func cacheFolder(_ environment: [String: String]) -> FilePath? {
    if let named = environment["FTAUDIT_CACHE"], !named.isEmpty { return FilePath(named) }
    if let cache = environment["XDG_CACHE_HOME"], !cache.isEmpty {
      return FilePath(cache).appending("ftaudit")
    }
    return environment["HOME"].map { FilePath($0).appending(".cache/ftaudit") }
  }
}

/// The program's version, as reports give it.
enum Version {
  static let current = "0.1.0"
}
