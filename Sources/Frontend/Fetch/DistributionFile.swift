/// One file of a project on the package index.
package struct DistributionFile: Sendable, Hashable, Codable {
  /// The file's name.
  package var filename: String
  /// Where it can be had.
  package var url: String
  /// The sha256 that the index states, in small letters; nil where it states none.
  package var sha256: String?
  /// Whether it was withdrawn.
  package var yanked: Bool

  package init(filename: String, url: String, sha256: String?, yanked: Bool) {
    self.filename = filename
    self.url = url
    self.sha256 = sha256
    self.yanked = yanked
  }

  /// What a file's name says.
  package enum Kind: Sendable, Hashable {
    case wheel, sdist
  }

  /// The project's name, normalised, the version and the tags of a wheel's name; nil for another
  /// file's.
  private var wheel:
    (project: String, version: String, python: String, abi: String, platform: String)?
  {
    guard filename.hasSuffix(".whl") else { return nil }
    let parts = filename.dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 5 || parts.count == 6 else { return nil }
    let tags = parts.suffix(3).map(String.init)
    return (ProjectName.normalised(parts[0]), String(parts[1]), tags[0], tags[1], tags[2])
  }

  /// The project's name, normalised, and the version of an sdist's name; nil for another file's.
  private var sdist: (project: String, version: String)? {
    for ending in [".tar.gz", ".tgz", ".zip"] where filename.hasSuffix(ending) {
      let stem = filename.dropLast(ending.count)
      // Old names have hyphens in them: the version begins after the first one before a digit.
      var search = stem.startIndex
      while let hyphen = stem[search...].firstIndex(of: "-") {
        let after = stem.index(after: hyphen)
        if stem[after...].first?.isNumber == true {
          return (ProjectName.normalised(stem[..<hyphen]), String(stem[after...]))
        }
        search = after
      }
    }
    return nil
  }

  /// The file's version when it is of the kind and the project; nil otherwise.
  func version(_ kind: Kind, of project: String) -> PackageVersion? {
    switch kind {
    case .wheel: return wheel.flatMap { $0.project == project ? PackageVersion($0.version) : nil }
    case .sdist: return sdist.flatMap { $0.project == project ? PackageVersion($0.version) : nil }
    }
  }

  /// How well the file fits this machine and `python`, such as "314"; less is better.
  fileprivate func rank(_ python: String) -> [Int] {
    guard let wheel else { return [filename.hasSuffix(".zip") ? 1 : 0] }
    #if arch(arm64)
      let machine = "aarch64"
    #else
      let machine = "x86_64"
    #endif
    let platform: Int
    switch wheel.platform {
    case "any": platform = 0
    case let tag where tag.contains("linux") && tag.hasSuffix(machine):
      platform = tag.contains("musllinux") ? 2 : 1
    case let tag where tag.contains("linux"): platform = 3
    default: platform = 4
    }
    let abi: Int
    switch wheel.abi {
    case "cp\(python)t": abi = 0
    case "cp\(python)": abi = 1
    case "abi3", "none": abi = 2
    default: abi = 3
    }
    return [platform, abi]
  }

  /// The file to take: of the newest final release that the specifier allows the one that fits
  /// best. `python` is the target's version in a wheel's tag, such as "314".
  package static func choose(
    _ files: [DistributionFile], _ kind: Kind, of project: String, _ specifier: VersionSpecifier,
    python: String
  ) throws(FetchError) -> (file: DistributionFile, version: PackageVersion) {
    var best: (file: DistributionFile, version: PackageVersion, rank: [Int])?
    var isYanked = false
    for file in files {
      guard let version = file.version(kind, of: project), specifier.allows(version),
        version.isFinal || specifier.isExact
      else { continue }
      if file.yanked, !specifier.isExact {
        isYanked = true
        continue
      }
      let rank = [file.yanked ? 1 : 0] + file.rank(python)
      if let known = best {
        if version < known.version { continue }
        if version == known.version {
          if known.rank.lexicographicallyPrecedes(rank) { continue }
          if known.rank == rank, file.filename <= known.file.filename { continue }
        }
      }
      best = (file, version, rank)
    }
    if let best { return (best.file, best.version) }
    if isYanked { throw .yanked(project: project, specifier: specifier.description) }
    throw .noFile(
      project: project, specifier: specifier.description, wanted: kind == .wheel ? "wheel" : "sdist"
    )
  }
}

/// Names of projects.
package enum ProjectName {
  /// The name as PEP 503 normalises it: small letters, runs of '-', '_' and '.' as one '-'.
  package static func normalised(_ name: some StringProtocol) -> String {
    var result = ""
    for character in name.lowercased() {
      if character == "-" || character == "_" || character == "." {
        if result.last != "-" { result.append("-") }
      } else {
        result.append(character)
      }
    }
    return result
  }

  /// Whether a text can be a project's name: nothing else is ever made part of an address.
  package static func isValid(_ name: some StringProtocol) -> Bool {
    func isWord(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
      default: return false
      }
    }
    let bytes = Array(name.utf8)
    guard let first = bytes.first, let last = bytes.last, bytes.count < 100 else { return false }
    return isWord(first) && isWord(last)
      && bytes.allSatisfy { isWord($0) || "-_.".utf8.contains($0) }
  }
}
