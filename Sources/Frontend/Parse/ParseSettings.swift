package import ProgramModel
package import PythonAPI

/// What all units of an audit are parsed with. Sent to workers, so plain.
package struct ParseSettings: Sendable, Hashable {
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
package struct UnitRequest: Sendable, Hashable {
  /// Relative to the root, with `/`.
  package var path: String
  package var isCxx: Bool
  package var flags: [String]
  package var quoteFolders: [String]
  package var afterFolders: [String]
  package var includesPython: Bool
  package var limitedAPI: String?

  /// `fetched` are absolute folders of headers that the package itself does not have.
  package init(_ unit: CompileUnit, fetched: [String] = []) {
    path = unit.path
    isCxx = unit.language == .cxx
    flags = unit.flags
    quoteFolders = unit.quoteFolders
    afterFolders = unit.afterFolders + fetched
    includesPython = unit.includesPython
    limitedAPI = unit.limitedAPI
  }
}

// What goes to a worker goes in the model's own compact form: Foundation's coders take longer to
// start than a small unit takes to parse.
extension ParseSettings: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(libclang)
    writer.write(resourceFolder)
    writer.write(pythonFolders)
    writer.write(headersIdentity)
    writer.write(target.rawValue)
    writer.write(cacheFolder)
    writer.write(root)
    writer.write(Int64(memoryLimit))
  }

  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    libclang = try reader.read()
    resourceFolder = try reader.read()
    pythonFolders = try reader.read()
    headersIdentity = try reader.readString()
    guard let version = TargetVersion(rawValue: try reader.readString()) else {
      throw reader.damage
    }
    target = version
    cacheFolder = try reader.read()
    root = try reader.readString()
    memoryLimit = Int(try reader.readInt64())
  }
}

extension UnitRequest: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(path)
    writer.write(isCxx)
    writer.write(flags)
    writer.write(quoteFolders)
    writer.write(afterFolders)
    writer.write(includesPython)
    writer.write(limitedAPI)
  }

  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    path = try reader.readString()
    isCxx = try reader.readBool()
    flags = try reader.read()
    quoteFolders = try reader.read()
    afterFolders = try reader.read()
    includesPython = try reader.readBool()
    limitedAPI = try reader.read()
  }
}
