/// Why something cannot be had from the package index. Each description is one sentence for the
/// user, which says what to do about it. None names the index: its address may hold a password.
package enum FetchError: Error, Equatable, CustomStringConvertible {
  /// No Python interpreter was found, which looks up pip's settings and speaks with the index.
  case noPython
  /// Neither pip nor the environment tells which index to ask.
  case noIndex
  /// pip's configuration says that no index may be used.
  case indexForbidden
  /// `--no-fetch` was given.
  case fetchingForbidden(project: String)
  /// The index cannot be reached or does not answer as it should.
  case network(reason: String)
  /// The index has no such project.
  case unknownProject(String)
  /// The project has no file of the wanted kind that fits; `wanted` is "wheel" or "sdist".
  case noFile(project: String, specifier: String, wanted: String)
  /// Only withdrawn files fit.
  case yanked(project: String, specifier: String)
  /// The file is not the one that the index speaks of.
  case wrongHash(file: String)
  /// The file is larger than is fetched.
  case tooLarge(file: String, limit: Int)
  /// The archive cannot be unpacked; the sentence is the archive reader's.
  case archive(String)
  /// Nothing can be written to the cache folder.
  case noCache

  package var description: String {
    switch self {
    case .noPython:
      return "No 'python3' was found on PATH, which is needed to ask the package index; install it."
    case .noIndex:
      return "No package index is known; install pip or set PIP_INDEX_URL."
    case .indexForbidden:
      return "pip's configuration forbids the package index (no-index); allow it there."
    case .fetchingForbidden(let project):
      return "'\(project)' is not in the cache, and --no-fetch forbids fetching it."
    case .network(let reason):
      return "The package index cannot be used (\(reason)); check the network and pip's "
        + "configuration."
    case .unknownProject(let project):
      return "The package index has no project '\(project)'; check the name."
    case .noFile(let project, let specifier, let wanted):
      return "The package index has no \(wanted) of '\(project)\(specifier)' that is a final "
        + "release; check the version."
    case .yanked(let project, let specifier):
      return "Every release of '\(project)\(specifier)' was withdrawn from the package index; name "
        + "another version."
    case .wrongHash(let file):
      return "'\(file)' differs from the sha256 that the package index states; fetch it again, and "
        + "tell the index's owner when it stays so."
    case .tooLarge(let file, let limit):
      return "'\(file)' is larger than \(limit >> 20) MiB and is not fetched."
    case .archive(let sentence):
      return sentence
    case .noCache:
      return "Nothing can be kept; set FTAUDIT_CACHE to a folder that can be written."
    }
  }

  /// Whether the next request would fail in the same way.
  var isLasting: Bool {
    switch self {
    case .noPython, .noIndex, .indexForbidden, .network, .noCache: return true
    default: return false
    }
  }
}
