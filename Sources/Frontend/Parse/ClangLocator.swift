internal import FoundationEssentials
package import ClangKit
internal import SystemKit
internal import SystemPackage

/// Finds a libclang of version 17 or newer, and clang's own headers for it.
package struct ClangLocator: Sendable {
  /// A usable libclang.
  package struct Found: Sendable {
    package var library: LibClang
    /// The folder that holds `include/stddef.h`; nil: none was found.
    package var resourceFolder: String?
  }

  /// Why no libclang serves.
  package struct Missing: Error, Sendable, CustomStringConvertible {
    /// What was tried, and why it did not serve.
    package var tried: [(path: String, why: String)]

    package var description: String {
      let tries = tried.map { "\n  \($0.path): \($0.why)" }.joined()
      return "no libclang of version 17 or newer was found; install libclang-19-dev (Debian 12) or "
        + "libclang-dev (Ubuntu 24.04, Debian 13), or name one with --libclang or FTAUDIT_LIBCLANG"
        + tries
    }
  }

  /// Looks in the places of design §3, in their order: `explicit` (the option), the environment,
  /// `/usr/lib/llvm-N` from the newest down, the loader's own search.
  package static func find(explicit: String?, environment: [String: String]) throws(Missing)
    -> Found
  {
    var candidates: [String] = []
    if let explicit {
      candidates = [explicit]
    } else if let named = environment["FTAUDIT_LIBCLANG"], !named.isEmpty {
      candidates = [named]
    } else {
      if let prefix = environment["LLVM_PREFIX"], !prefix.isEmpty {
        candidates.append("\(prefix)/lib/libclang.so")
      }
      // The runtime package has only versioned names, the development package both.
      candidates += installedVersions().flatMap { version in
        ["libclang.so", "libclang-\(version).so.\(version)", "libclang-\(version).so.1"].map {
          "/usr/lib/llvm-\(version)/lib/\($0)"
        }
      }
      candidates += ["libclang.so", "libclang.so.1", "libclang.dylib"]
    }
    var tried: [(path: String, why: String)] = []
    for path in candidates {
      if path.hasPrefix("/"), realPath(FilePath(path)) == nil {
        tried.append((path, "there is no such file"))
        continue
      }
      do throws(ClangError) {
        let library = try LibClang(path: path)
        guard let major = library.majorVersion, major >= 17 else {
          tried.append((path, "it is \(library.version), older than 17"))
          continue
        }
        return Found(library: library, resourceFolder: resourceFolder(path, major))
      } catch {
        tried.append((path, "\(error)"))
      }
    }
    throw Missing(tried: tried)
  }

  private static func installedVersions() -> [Int] {
    (folderEntries("/usr/lib") ?? [])
      .compactMap { $0.hasPrefix("llvm-") ? Int($0.dropFirst(5)) : nil }
      .filter { $0 >= 17 }.sorted(by: >)
  }

  /// clang's headers beside the library, else those of another clang: first of the same version.
  private static func resourceFolder(_ path: String, _ major: Int) -> String? {
    var roots: [String] = []
    if let real = realPath(FilePath(path))?.removingLastComponent() {
      roots.append(real.appending("clang").string)
    }
    roots.append("/usr/lib/llvm-\(major)/lib/clang")
    roots.append("/usr/lib/clang")
    roots += installedVersions().map { "/usr/lib/llvm-\($0)/lib/clang" }
    for root in roots {
      let versions = (folderEntries(FilePath(root)) ?? []).sorted { left, right in
        // The library's own version first, then the newest.
        (left.hasPrefix("\(major)") ? 1 : 0, left) > (right.hasPrefix("\(major)") ? 1 : 0, right)
      }
      for version in versions {
        let folder = "\(root)/\(version)"
        if fileStatus(FilePath("\(folder)/include/stddef.h"))?.kind == .regular { return folder }
      }
    }
    return nil
  }
}
