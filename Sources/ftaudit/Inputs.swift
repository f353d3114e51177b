import FoundationEssentials
import Frontend
import SystemKit
import SystemPackage

/// What the user names as input: a folder, an archive, or a package of the index.
enum Inputs {
  /// The sources of an input. What exists goes before what could be fetched: a folder may have a
  /// project's name.
  static func acquire(_ input: String, _ settings: AuditSettings) async throws -> AcquiredTree {
    let acquisition = Acquisition(trustsArchives: settings.trustsArchives)
    guard fileStatus(FilePath(input)) == nil, let name = SdistStore.Name(input) else {
      return try acquisition.acquire(input)
    }
    let source = settings.headerSource(ProcessInfo.processInfo.environment)
    let store = SdistStore(index: source.index, cache: source.cache)
    let archive: FilePath
    do throws(FetchError) {
      archive = try await store.archive(of: name)
    } catch {
      throw UnitFailure("\(AcquireError.missing(input: input)) \(error)")
    }
    return try acquisition.acquire(input, archive: archive)
  }
}
