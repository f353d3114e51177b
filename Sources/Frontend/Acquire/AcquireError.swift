/// Why an input cannot be audited. Each description is one sentence for the user.
package enum AcquireError: Error, Equatable, CustomStringConvertible {
  /// There is no file or folder of that name.
  case missing(input: String)
  /// The input is a pipe, device or the like.
  case notAFile(input: String)
  /// The input is a file, but no archive that can be read.
  case notAnArchive(input: String)
  /// The input is empty: no files in the folder, no entries in the archive.
  case empty(input: String)
  /// The input exists but cannot be read.
  case unreadable(input: String)
  /// The archive is damaged or breaks a limit; the sentence is the archive reader's.
  case archive(String)
  /// No temporary folder can be made to unpack into.
  case noTemporaryFolder

  package var description: String {
    switch self {
    case .missing(let input):
      return "There is no '\(input)'; give a package's folder, its sdist (.tar.gz or .zip) or its "
        + "name."
    case .notAFile(let input):
      return "'\(input)' is neither a folder nor a regular file; give a package's folder or sdist."
    case .notAnArchive(let input):
      return "'\(input)' is not an archive that can be read; give a folder, a .tar.gz or a .zip."
    case .empty(let input):
      return "'\(input)' is empty: there is nothing to audit."
    case .unreadable(let input):
      return "'\(input)' cannot be read; check its permissions."
    case .archive(let sentence):
      return sentence
    case .noTemporaryFolder:
      return "No temporary folder can be made; set TMPDIR to a folder that can be written."
    }
  }
}
