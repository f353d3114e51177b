internal import FoundationEssentials
internal import SystemKit
package import SystemPackage

/// Headers that units include and that are nowhere on this machine, from the wheels that the build
/// would have installed. Wheels are unpacked, never installed, and nothing of them is run.
package struct HeaderSupply: Sendable {
  /// For a unit's path the absolute folders to look for headers in after all others.
  package private(set) var folders: [String: [String]] = [:]
  /// What the user should know: what was used, and what is missing and why. One sentence each.
  package private(set) var notes: [String] = []

  /// Where headers may come from.
  package struct Source: Sendable {
    /// The index; nil: only what the cache holds is used.
    package var index: PackageIndex?
    /// The cache folder; nil: nothing is fetched.
    package var cache: FilePath?
    /// Folders of Python's headers.
    package var pythonFolders: [FilePath]
    /// The target's version, such as "3.14".
    package var version: String

    package init(
      index: PackageIndex?, cache: FilePath?, pythonFolders: [FilePath], version: String
    ) {
      self.index = index
      self.cache = cache
      self.pythonFolders = pythonFolders
      self.version = version
    }
  }

  private static let mostProjects = 12

  /// One header that is not there, and the units that include it.
  private struct Gap {
    let spelling: String
    var units: [String]
  }

  /// Finds out what is missing and gets it. Without missing headers nothing is asked or read.
  /// `fetching` is told the project before the index is asked.
  package static func find(
    for configuration: Configuration, from source: Source,
    fetching: (String) -> Void = { _ in }
  ) async -> HeaderSupply {
    var supply = HeaderSupply()
    guard configuration.externalIncludes.values.contains(where: { !$0.isEmpty }) else {
      return supply
    }
    let toml = readRegularFile(
      configuration.package.root.appending("pyproject.toml"), limit: 16 << 20)
    let required =
      toml.map {
        BuildRequirements.read(String(decoding: $0, as: UTF8.self), version: source.version)
      } ?? [:]
    let gaps = missing(configuration, required, source)
    var refusal: FetchError?
    // A hostile package may name what it likes: it is not to fetch without end.
    let projects = gaps.keys.sorted()
    if projects.count > Self.mostProjects {
      supply.notes.append(
        "Headers of \(projects.count) projects are missing, and only \(Self.mostProjects) are fetched."
      )
    }
    for project in projects.prefix(Self.mostProjects) {
      let specifier = required[project] ?? .any
      guard let cache = source.cache else {
        supply.miss(project, gaps[project] ?? [], FetchError.noCache)
        continue
      }
      let store = HeaderStore(
        cache: cache, python: String(source.version.filter { $0 != "." }))
      do throws(FetchError) {
        let headers: HeaderStore.Headers
        if let kept = store.kept(project, specifier) {
          headers = kept
        } else {
          guard let index = source.index else {
            throw .fetchingForbidden(project: project + specifier.description)
          }
          if let refusal { throw refusal }
          fetching(project)
          headers = try await store.fetch(project, specifier, from: index)
        }
        supply.use(headers, for: gaps[project] ?? [])
      } catch {
        if error.isLasting { refusal = error }
        supply.miss(project, gaps[project] ?? [], error)
      }
    }
    return supply
  }

  /// The headers that are nowhere, by the project that has them, in the order of their spelling.
  private static func missing(
    _ configuration: Configuration, _ required: [String: VersionSpecifier], _ source: Source
  ) -> [String: [Gap]] {
    var projects: [String: [String: Gap]] = [:]
    var known: [String: Bool] = [:]
    for unit in configuration.units {
      for include in configuration.externalIncludes[unit.path] ?? [] {
        guard
          let (project, isRequired) = HeaderProjects.project(
            of: include.spelling, required: required),
          // Behind a condition that cannot be decided only what the build asks for is worth it.
          include.isCertain || isRequired
        else { continue }
        let isThere = known[include.spelling] ?? isInstalled(include.spelling, source)
        known[include.spelling] = isThere
        if isThere { continue }
        projects[project, default: [:]][
          include.spelling, default: Gap(spelling: include.spelling, units: [])
        ].units.append(unit.path)
      }
    }
    return projects.mapValues { $0.values.sorted { $0.spelling < $1.spelling } }
  }

  /// Whether the compiler would find it: what is installed goes before what can be fetched.
  private static func isInstalled(_ spelling: String, _ source: Source) -> Bool {
    let machine = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map { "/usr/include/" + $0 }
    let system = (["/usr/include", "/usr/local/include"] + machine).map { FilePath($0) }
    return (source.pythonFolders + system).contains {
      fileStatus($0.appending(spelling))?.kind == .regular
    }
  }

  private mutating func use(_ headers: HeaderStore.Headers, for gaps: [Gap]) {
    let files = headers.files()
    var users: Set<String> = []
    var absent: [Gap] = []
    for gap in gaps {
      guard let folder = HeaderStore.Headers.includeFolder(of: gap.spelling, in: files) else {
        absent.append(gap)
        continue
      }
      let path = folder.isEmpty ? headers.folder : headers.folder.appending(folder)
      for unit in gap.units {
        users.insert(unit)
        if folders[unit]?.contains(path.string) != true {
          folders[unit, default: []].append(path.string)
        }
      }
    }
    let pin = headers.pin
    let wheel = "the wheel \(pin.project) \(pin.version) (sha256 \(pin.sha256.prefix(12))…)"
    if !users.isEmpty {
      notes.append(
        "Headers of \(wheel) are used for \(users.count) \(users.count == 1 ? "file" : "files").")
    }
    if !absent.isEmpty {
      notes.append("\(Self.list(absent)) \(absent.count == 1 ? "is" : "are") not in \(wheel).")
    }
  }

  private mutating func miss(_ project: String, _ gaps: [Gap], _ error: FetchError) {
    let isOne = gaps.count == 1
    notes.append(
      "\(Self.list(gaps)) \(isOne ? "is" : "are") missing; \(isOne ? "it belongs" : "they belong") "
        + "to '\(project)'. \(error)")
  }

  private static func list(_ gaps: [Gap]) -> String {
    let names = gaps.prefix(2).map { "'\($0.spelling)'" }.joined(separator: ", ")
    return gaps.count > 2 ? "\(names) and \(gaps.count - 2) more headers" : names
  }
}
