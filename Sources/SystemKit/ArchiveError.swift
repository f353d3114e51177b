/// Why an archive could not be unpacked. Each description is one sentence for the user.
package enum ArchiveError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be opened or is damaged; `reason` is libarchive's.
  case unreadable(archive: String, reason: String)
  /// The file is none of the formats that are read (tar, with or without compression, and zip).
  case notAnArchive(archive: String)
  /// The archive has no entries.
  case empty(archive: String)
  /// An entry's path is absolute, contains `..`, or cannot be a file name.
  case unsafePath(archive: String, entry: String)
  /// An entry's path is longer than `limit` bytes.
  case pathTooLong(archive: String, entry: String, limit: Int)
  /// More than `limit` entries.
  case tooManyEntries(archive: String, limit: Int)
  /// More than `limit` bytes would be written.
  case tooLarge(archive: String, entry: String, limit: Int)
  /// The content is more than `limit` times as large as the archive.
  case suspiciousRatio(archive: String, entry: String, limit: Int)
  /// An entry could not be written below the target folder; `reason` is libarchive's.
  case notWritten(archive: String, entry: String, reason: String)

  package var description: String {
    let remedy = "; unpack it yourself and give the folder if you trust it"
    switch self {
    case .unreadable(let archive, let reason):
      return "The archive '\(archive)' cannot be read (\(reason)); fetch it again."
    case .notAnArchive(let archive):
      return "'\(archive)' is not an archive that can be read; give a folder, a .tar.gz or a .zip."
    case .empty(let archive):
      return "The archive '\(archive)' is empty; fetch it again."
    case .unsafePath(let archive, let entry):
      return
        "The archive '\(archive)' has an entry '\(entry)' that would leave its folder\(remedy)."
    case .pathTooLong(let archive, let entry, let limit):
      let start = entry.prefix(60)
      return "The archive '\(archive)' has an entry '\(start)…' with a path longer than \(limit) "
        + "bytes\(remedy)."
    case .tooManyEntries(let archive, let limit):
      return "The archive '\(archive)' has more than \(limit) entries\(remedy)."
    case .tooLarge(let archive, let entry, let limit):
      return "The archive '\(archive)' holds more than \(limit) bytes (reached at '\(entry)')"
        + "\(remedy)."
    case .suspiciousRatio(let archive, let entry, let limit):
      return "The archive '\(archive)' grows to more than \(limit) times its size (reached at "
        + "'\(entry)')\(remedy)."
    case .notWritten(let archive, let entry, let reason):
      return "The entry '\(entry)' of the archive '\(archive)' cannot be written (\(reason)); "
        + "make room or set TMPDIR to another folder."
    }
  }
}
