package import SystemKit
package import SystemPackage

/// A package's files on disk, ready to be configured. Call `cleanUp()` when done with them.
package struct AcquiredTree: Sendable {
  /// Where the files come from.
  package enum Kind: Sendable, Hashable {
    case folder, archive
  }

  /// The input as the user gave it.
  package let input: String
  /// The package's top folder: absolute, without links.
  package let root: FilePath
  /// Where the files come from.
  package let kind: Kind
  /// Whether the tree's own configuration and suppressions act. Those of archives do not, unless
  /// the user says so.
  package let isTrusted: Bool
  /// The package's name; `nil` when neither metadata nor the folder's name tells.
  package let name: String?
  /// The package's version; `nil` when neither metadata nor the folder's name tells.
  package let version: String?
  /// Entries of the archive that were not unpacked.
  package let skippedEntries: [Archive.Skipped]
  /// The private folder that holds the unpacked archive; `nil` for a folder.
  let temporaryFolder: FilePath?

  /// Removes what was unpacked. A folder given by the user is never touched.
  package func cleanUp() {
    if let temporaryFolder { removeTree(temporaryFolder) }
  }
}

/// Turns what the user names into files on disk.
package struct Acquisition: Sendable {
  /// What an archive may cost.
  package var limits: Archive.Limits
  /// Whether the configuration of archives acts (`--trust`).
  package var trustsArchives: Bool
  /// The folder in which archives are unpacked; `nil` means `TMPDIR`, else `/tmp`.
  package var temporaryParent: FilePath?

  package init(
    limits: Archive.Limits = Archive.Limits(), trustsArchives: Bool = false,
    temporaryParent: FilePath? = nil
  ) {
    self.limits = limits
    self.trustsArchives = trustsArchives
    self.temporaryParent = temporaryParent
  }

  /// The tree of a project named by the user, from its sdist in the cache.
  package func acquire(_ input: String, archive: FilePath) throws(AcquireError) -> AcquiredTree {
    guard let status = fileStatus(archive), status.kind == .regular else {
      throw .missing(input: archive.string)
    }
    return try unpack(input, archive, status)
  }

  /// The tree behind `input`, a folder or an sdist. On an error nothing is left on disk.
  package func acquire(_ input: String) throws(AcquireError) -> AcquiredTree {
    guard !input.isEmpty, let path = realPath(FilePath(input)), let status = fileStatus(path)
    else { throw .missing(input: input) }
    switch status.kind {
    case .directory:
      guard let entries = folderEntries(path) else { throw .unreadable(input: input) }
      guard !entries.isEmpty else { throw .empty(input: input) }
      return tree(input, path, name: path.lastComponent?.string ?? "", nil, [])
    case .regular:
      return try unpack(input, path, status)
    default:
      throw .notAFile(input: input)
    }
  }

  private func unpack(
    _ input: String, _ path: FilePath, _ status: FileStatus
  ) throws(AcquireError) -> AcquiredTree {
    guard status.size > 0 else { throw .empty(input: input) }
    guard let made = makePrivateFolder(prefix: "ftaudit-", in: temporaryParent),
      let folder = realPath(made)
    else { throw .noTemporaryFolder }
    do {
      let skipped = try Archive(path, limits: limits).extract(to: folder)
      guard let entries = folderEntries(folder), !entries.isEmpty else {
        throw ArchiveError.empty(archive: input)
      }
      // An sdist holds one folder NAME-VERSION; other archives are taken as they are.
      var root = folder
      if entries.count == 1, fileStatus(folder.appending(entries[0]))?.kind == .directory {
        root = folder.appending(entries[0])
      }
      let name =
        root == folder ? Self.stem(path.lastComponent?.string ?? "") : entries[0]
      return tree(input, root, name: name, folder, skipped)
    } catch {
      removeTree(folder)
      switch error as? ArchiveError {
      case .notAnArchive: throw .notAnArchive(input: input)
      case .empty: throw .empty(input: input)
      case let other: throw .archive(other?.description ?? "\(error)")
      }
    }
  }

  private func tree(
    _ input: String, _ root: FilePath, name: String, _ temporary: FilePath?,
    _ skipped: [Archive.Skipped]
  ) -> AcquiredTree {
    let identity = PackageIdentity.read(root: root, folderName: name)
    return AcquiredTree(
      input: input, root: root, kind: temporary == nil ? .folder : .archive,
      isTrusted: temporary == nil || trustsArchives, name: identity.name,
      version: identity.version, skippedEntries: skipped, temporaryFolder: temporary)
  }

  /// A file's name without the endings of archives.
  private static func stem(_ name: String) -> String {
    for ending in [".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar", ".zip"]
    where name.hasSuffix(ending) {
      return String(name.dropLast(ending.count))
    }
    return name
  }
}
