internal import FoundationEssentials
package import PythonAPI

/// What all units of an audit are parsed with. Sent to workers, so plain and codable.
package struct ParseSettings: Codable, Sendable, Hashable {
  /// libclang's path or soname; nil: it is looked for.
  package var libclang: String?
  /// clang's resource folder, which holds `include/stddef.h`; nil: it is looked for.
  package var resourceFolder: String?
  /// Folders with Python's headers, `Python.h`'s first.
  package var pythonFolders: [String]
  /// A text that changes when the Python headers do: version, size and time of `patchlevel.h`.
  package var headersIdentity: String
  /// The free-threaded CPython audited for.
  package var target: TargetVersion
  /// Folder for precompiled headers; nil: none are kept and none are used.
  package var cacheFolder: String?
  /// The audited tree: absolute, without links.
  package var root: String
  /// Address space of a worker in bytes.
  package var memoryLimit: Int

  package init(
    libclang: String?, resourceFolder: String? = nil, pythonFolders: [String],
    headersIdentity: String,
    target: TargetVersion, cacheFolder: String?, root: String, memoryLimit: Int = 3 << 30
  ) {
    self.libclang = libclang
    self.resourceFolder = resourceFolder
    self.pythonFolders = pythonFolders
    self.headersIdentity = headersIdentity
    self.target = target
    self.cacheFolder = cacheFolder
    self.root = root
    self.memoryLimit = memoryLimit
  }
}

/// One unit for a worker.
package struct UnitRequest: Codable, Sendable, Hashable {
  /// Relative to the root, with `/`.
  package var path: String
  package var isCxx: Bool
  package var flags: [String]
  package var quoteFolders: [String]
  package var afterFolders: [String]
  package var includesPython: Bool
  package var limitedAPI: String?

  package init(_ unit: CompileUnit) {
    path = unit.path
    isCxx = unit.language == .cxx
    flags = unit.flags
    quoteFolders = unit.quoteFolders
    afterFolders = unit.afterFolders
    includesPython = unit.includesPython
    limitedAPI = unit.limitedAPI
  }
}
