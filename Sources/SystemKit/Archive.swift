internal import CLibarchive
package import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Unpacks archives of unknown origin: tar (plain, gzip, bzip2, xz) and zip.
///
/// Only regular files and folders are ever made, with ordinary permissions. Links that stay inside
/// are replaced by copies of what they name; all other entries are skipped and named.
package struct Archive {
  /// How much one archive may cost.
  package struct Limits: Sendable {
    /// Bytes written in total.
    package var bytes: Int
    /// Number of entries.
    package var entries: Int
    /// Bytes of one entry's path.
    package var pathBytes: Int
    /// Bytes written for each byte of the archive, once `ratioFloor` is passed.
    package var ratio: Int
    /// Bytes written below which the ratio does not matter.
    package var ratioFloor: Int

    package init(
      bytes: Int = 2 << 30, entries: Int = 200_000, pathBytes: Int = 1024, ratio: Int = 200,
      ratioFloor: Int = 64 << 20
    ) {
      self.bytes = bytes
      self.entries = entries
      self.pathBytes = pathBytes
      self.ratio = ratio
      self.ratioFloor = ratioFloor
    }
  }

  /// An entry that was not unpacked.
  package struct Skipped: Sendable, Hashable {
    /// The entry's path as the archive spells it.
    package let entry: String
    /// What it is and why it was left out, such as "a device".
    package let reason: String
  }

  private let path: FilePath
  private let limits: Limits
  private let name: String

  /// `name` is what messages call the archive: by default its file's name.
  package init(_ path: FilePath, limits: Limits = Limits(), name: String? = nil) {
    self.path = path
    self.limits = limits
    self.name = name ?? path.lastComponent?.string ?? path.string
  }

  /// Unpacks into `folder`, which must exist, what `isWanted` says of an entry's path, without
  /// folders that hold nothing wanted, and returns what was skipped for another reason, sorted.
  /// What was written before an error stays there; the caller removes the folder.
  package func extract(
    to folder: FilePath, where isWanted: ((String) -> Bool)? = nil
  ) throws(ArchiveError) -> [Skipped] {
    guard let target = realPath(folder) else {
      throw .notWritten(archive: name, entry: folder.string, reason: "there is no such folder")
    }
    guard let reader = archive_read_new(), let writer = archive_write_disk_new() else {
      throw .unreadable(archive: name, reason: "out of memory")
    }
    defer {
      archive_read_free(reader)
      archive_write_free(writer)
    }
    archive_read_support_filter_gzip(reader)
    archive_read_support_filter_bzip2(reader)
    archive_read_support_filter_xz(reader)
    archive_read_support_format_tar(reader)
    archive_read_support_format_zip(reader)
    // Paths are made absolute below, after they were checked, because libarchive would otherwise
    // write into the working directory; ARCHIVE_EXTRACT_SECURE_NOABSOLUTEPATHS would refuse them.
    archive_write_disk_set_options(
      writer, ARCHIVE_EXTRACT_SECURE_SYMLINKS | ARCHIVE_EXTRACT_SECURE_NODOTDOT)
    guard archive_read_open_filename(reader, path.string, 1 << 16) == ARCHIVE_OK else {
      throw unrecognised(reader)
    }
    var run = Run(target: target, archiveBytes: max(1, fileStatus(path)?.size ?? 1))
    while try next(reader, &run) {
      try unpack(reader, writer, isWanted, &run)
    }
    guard run.entries > 0 else { throw .empty(archive: name) }
    try copyLinks(&run)
    return run.skipped.sorted { ($0.entry, $0.reason) < ($1.entry, $1.reason) }
  }

  /// What one extraction has done so far.
  private struct Run {
    let target: FilePath
    let archiveBytes: Int
    var entry: OpaquePointer?
    var entries = 0
    var bytes = 0
    var links: [(path: String, target: String)] = []
    var skipped: [Skipped] = []
  }

  private func next(_ reader: OpaquePointer, _ run: inout Run) throws(ArchiveError) -> Bool {
    var entry: OpaquePointer?
    let status = archive_read_next_header(reader, &entry)
    if status == ARCHIVE_EOF { return false }
    // A warning is about a name in another character set or an unknown extension: still readable.
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else {
      throw run.entries == 0
        ? unrecognised(reader) : .unreadable(archive: name, reason: message(reader))
    }
    run.entry = entry
    run.entries += 1
    guard run.entries <= limits.entries else {
      throw .tooManyEntries(archive: name, limit: limits.entries)
    }
    return true
  }

  private func unpack(
    _ reader: OpaquePointer, _ writer: OpaquePointer, _ isWanted: ((String) -> Bool)?,
    _ run: inout Run
  ) throws(ArchiveError) {
    guard let entry = run.entry else { return }
    guard
      let pointer = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
    else {
      run.skipped.append(Skipped(entry: "entry \(run.entries)", reason: "it has no name"))
      return
    }
    let spelling = String(cString: pointer)
    let path = try checked(spelling)
    if path.isEmpty { return }
    if let isWanted {
      // Folders are made for the files in them.
      guard archive_entry_filetype(entry) & S_IFMT == S_IFREG, isWanted(path) else { return }
    }
    if let link = archive_entry_hardlink_utf8(entry) ?? archive_entry_hardlink(entry) {
      run.links.append((path, String(cString: link)))
      return
    }
    let type = archive_entry_filetype(entry) & S_IFMT
    if type == S_IFLNK {
      let link = archive_entry_symlink_utf8(entry) ?? archive_entry_symlink(entry)
      let parent = path.split(separator: "/").dropLast().map(String.init)
      let spelled = link.map { String(cString: $0) } ?? "/"
      run.links.append(
        (path, spelled.hasPrefix("/") ? spelled : (parent + [spelled]).joined(separator: "/")))
      return
    }
    guard type == S_IFREG || type == S_IFDIR else {
      run.skipped.append(Skipped(entry: spelling, reason: "a device, pipe or socket"))
      return
    }
    archive_entry_set_pathname(entry, run.target.appending(path).string)
    archive_entry_set_perm(entry, type == S_IFDIR ? 0o700 : 0o600)
    guard archive_write_header(writer, entry) >= ARCHIVE_WARN else {
      throw .notWritten(archive: name, entry: spelling, reason: message(writer))
    }
    if type == S_IFREG { try copyData(reader, writer, spelling, &run) }
    guard archive_write_finish_entry(writer) >= ARCHIVE_WARN else {
      throw .notWritten(archive: name, entry: spelling, reason: message(writer))
    }
  }

  private func copyData(
    _ reader: OpaquePointer, _ writer: OpaquePointer, _ entry: String, _ run: inout Run
  ) throws(ArchiveError) {
    while true {
      var block: UnsafeRawPointer?
      var size = 0
      var offset: la_int64_t = 0
      let status = archive_read_data_block(reader, &block, &size, &offset)
      if status == ARCHIVE_EOF { return }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN else {
        throw .unreadable(archive: name, reason: message(reader))
      }
      // A sparse entry grows by its holes too, so the end of the block counts, not its size.
      try charge(size, upTo: Int(offset) + size, entry, &run)
      guard archive_write_data_block(writer, block, size, offset) >= ARCHIVE_WARN else {
        throw .notWritten(archive: name, entry: entry, reason: message(writer))
      }
    }
  }

  private func charge(
    _ size: Int, upTo end: Int, _ entry: String, _ run: inout Run
  ) throws(ArchiveError) {
    run.bytes += size
    guard run.bytes <= limits.bytes, end <= limits.bytes else {
      throw .tooLarge(archive: name, entry: entry, limit: limits.bytes)
    }
    if run.bytes > limits.ratioFloor, run.bytes / run.archiveBytes > limits.ratio {
      throw .suspiciousRatio(archive: name, entry: entry, limit: limits.ratio)
    }
  }

  /// Replaces links by copies. Links may name links, so this repeats while something changes.
  private func copyLinks(_ run: inout Run) throws(ArchiveError) {
    var pending = run.links
    var progress = true
    while progress {
      progress = false
      var rest: [(path: String, target: String)] = []
      for link in pending {
        guard let inside = normalised(link.target) else {
          run.skipped.append(Skipped(entry: link.path, reason: "a link that leaves the archive"))
          continue
        }
        let source = run.target.appending(inside)
        guard let status = fileStatus(source, followLink: false), status.kind == .regular else {
          rest.append(link)
          continue
        }
        try charge(status.size, upTo: status.size, link.path, &run)
        if copyFile(source, to: run.target.appending(link.path)) {
          progress = true
        } else {
          run.skipped.append(Skipped(entry: link.path, reason: "a link that cannot be copied"))
        }
      }
      pending = rest
    }
    for link in pending {
      run.skipped.append(
        Skipped(entry: link.path, reason: "a link to a folder or to nothing"))
    }
  }

  /// The entry's path without `.` components; an empty one is the archive's top folder.
  private func checked(_ spelling: String) throws(ArchiveError) -> String {
    guard spelling.utf8.count <= limits.pathBytes else {
      throw .pathTooLong(archive: name, entry: spelling, limit: limits.pathBytes)
    }
    let parts = spelling.split(separator: "/")
    let isSafe =
      !spelling.hasPrefix("/") && !parts.contains("..")
      && parts.allSatisfy { $0.utf8.count <= 255 }
    guard isSafe else { throw .unsafePath(archive: name, entry: spelling) }
    return parts.filter { $0 != "." }.joined(separator: "/")
  }

  /// `path` with `.` and `..` resolved by spelling; `nil` when it is absolute or leaves the top.
  private func normalised(_ path: String) -> String? {
    if path.hasPrefix("/") { return nil }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        if parts.popLast() == nil { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  private func unrecognised(_ reader: OpaquePointer) -> ArchiveError {
    let reason = message(reader)
    return reason.contains("Unrecognized archive format")
      ? .notAnArchive(archive: name) : .unreadable(archive: name, reason: reason)
  }

  private func message(_ archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
  }
}
