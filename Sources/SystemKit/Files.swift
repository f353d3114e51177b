package import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What a directory entry is.
package enum FileKind: Sendable, Hashable {
  case regular, directory, link, pipe, device, socket, other
}

/// What the file system says about one file, without opening it.
package struct FileStatus: Sendable, Hashable {
  /// The kind of file.
  package let kind: FileKind
  /// Size in bytes; only regular files have a meaningful one.
  package let size: Int
  /// Device and inode: equal for two paths of one file.
  package let identity: FileIdentity
}

/// Names a file whatever its path.
package struct FileIdentity: Sendable, Hashable {
  /// The file system's number.
  package let device: UInt64
  /// The file's number in it.
  package let inode: UInt64
}

/// The status of the file at `path`, of the link itself unless `followLink`; `nil` when there is
/// no such file or it cannot be reached.
package func fileStatus(_ path: FilePath, followLink: Bool = true) -> FileStatus? {
  var status = stat()
  let result = followLink ? stat(path.string, &status) : lstat(path.string, &status)
  guard result == 0 else { return nil }
  let kind: FileKind =
    switch status.st_mode & S_IFMT {
    case S_IFREG: .regular
    case S_IFDIR: .directory
    case S_IFLNK: .link
    case S_IFIFO: .pipe
    case S_IFCHR, S_IFBLK: .device
    case S_IFSOCK: .socket
    default: .other
    }
  return FileStatus(
    kind: kind, size: Int(status.st_size),
    identity: FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)))
}

/// The absolute path without links and dots; `nil` when there is no such file.
package func realPath(_ path: FilePath) -> FilePath? {
  guard let resolved = realpath(path.string, nil) else { return nil }
  defer { free(resolved) }
  return FilePath(String(cString: resolved))
}

/// The names in a folder, sorted by their bytes, without `.` and `..`; `nil` when it cannot be
/// read.
package func folderEntries(_ path: FilePath) -> [String]? {
  guard let folder = opendir(path.string) else { return nil }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
}

/// The bytes of a regular file of at most `limit` bytes; `nil` for anything else. Opening does not
/// wait, so a pipe that replaced the file meanwhile cannot hang the program.
package func readRegularFile(_ path: FilePath, limit: Int = 256 << 20) -> [UInt8]? {
  let descriptor = open(path.string, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
    status.st_size <= limit
  else { return nil }
  let size = Int(status.st_size)
  return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    while count < size {
      let got = read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
      if got < 0, errno == EINTR { continue }
      if got <= 0 { break }
      count += got
    }
  }
}

/// Copies a regular file to a path that must not exist yet.
func copyFile(_ source: FilePath, to target: FilePath) -> Bool {
  guard let bytes = readRegularFile(source, limit: Int.max) else { return false }
  return writeNewFile(target, bytes)
}

/// Writes a new file that only the user can read, making its folders; `false` when there already
/// is one or it cannot be written.
package func writeNewFile(_ path: FilePath, _ bytes: [UInt8]) -> Bool {
  makeFolders(path.removingLastComponent())
  let descriptor = open(path.string, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
  guard descriptor >= 0 else { return false }
  defer { close(descriptor) }
  return bytes.withUnsafeBytes { buffer in
    var done = 0
    while done < buffer.count {
      let count = write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      done += count
    }
    return true
  }
}

/// Makes a folder and those above it; folders that exist are left as they are.
package func makeFolders(_ path: FilePath) {
  if path.isEmpty || fileStatus(path) != nil { return }
  makeFolders(path.removingLastComponent())
  mkdir(path.string, 0o700)
}

/// Makes a new folder that only the user can enter, below `parent` (by default `TMPDIR`, else
/// `/tmp`); `nil` when it cannot be made.
package func makePrivateFolder(prefix: String, in parent: FilePath? = nil) -> FilePath? {
  let base = parent ?? getenv("TMPDIR").map { FilePath(String(cString: $0)) } ?? "/tmp"
  var template = Array(base.appending(prefix + "XXXXXX").string.utf8CString)
  return template.withUnsafeMutableBufferPointer { buffer in
    guard let start = buffer.baseAddress, mkdtemp(start) != nil else { return nil }
    return FilePath(String(cString: start))
  }
}

/// Removes a folder and all that is in it. Links are removed, never followed.
package func removeTree(_ path: FilePath) {
  if fileStatus(path, followLink: false)?.kind == .directory {
    for name in folderEntries(path) ?? [] { removeTree(path.appending(name)) }
    rmdir(path.string)
  } else {
    unlink(path.string)
  }
}

/// Renames a file, replacing what stands at the new path; false when the system refuses.
package func renameFile(_ path: FilePath, to target: FilePath) -> Bool {
  rename(path.string, target.string) == 0
}
