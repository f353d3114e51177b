package import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Gives a regular file new content in one step: readers see the old or the new bytes, never a
/// part. The permissions stay.
///
/// - Returns: false where the path is no regular file (a link is none) or the system refuses;
///   then the file is as it was.
package func replaceFile(_ path: FilePath, with bytes: [UInt8]) -> Bool {
  var status = stat()
  guard lstat(path.string, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
    // The folder may be writable where the file is not: that is no leave to replace it.
    access(path.string, W_OK) == 0
  else { return false }
  let folder = path.removingLastComponent()
  let parent = folder.isEmpty ? FilePath(".") : folder
  var template = Array(parent.appending(".ftaudit-XXXXXX").string.utf8CString)
  let descriptor = template.withUnsafeMutableBufferPointer { buffer -> Int32 in
    guard let start = buffer.baseAddress else { return -1 }
    return mkstemp(start)
  }
  guard descriptor >= 0 else { return false }
  let name = template.withUnsafeBufferPointer { buffer in
    buffer.baseAddress.map { String(cString: $0) } ?? ""
  }
  let isWritten =
    writeAll(FileDescriptor(rawValue: descriptor), bytes)
    && fchmod(descriptor, status.st_mode & 0o7777) == 0
  let isClosed = close(descriptor) == 0
  guard isWritten, isClosed, rename(name, path.string) == 0 else {
    unlink(name)
    return false
  }
  return true
}
