extension SourceFileTable: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(path)
    writer.write(unsigned: UInt64(lineStarts.count))
    var last: UInt32 = 0
    for start in lineStarts {
      writer.write(unsigned: UInt64(start - last))
      last = start
    }
  }

  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    let path = try reader.readString()
    let count = try reader.readCount()
    var starts: [UInt32] = []
    starts.reserveCapacity(count)
    var last: UInt32 = 0
    for _ in 0..<count {
      let (sum, overflow) = last.addingReportingOverflow(try reader.readUInt32())
      guard !overflow else { throw reader.damage }
      starts.append(sum)
      last = sum
    }
    self.init(path: path, lineStarts: starts)
  }
}

extension DiagnosticModel: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(message)
    writer.write(path)
    writer.write(Int64(line))
    writer.write(Int64(column))
  }

  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      message: try reader.readString(), path: try reader.read(),
      line: Int(try reader.readInt64()), column: Int(try reader.readInt64()))
  }
}

extension UnitModel: BinaryCodable {
  /// The version of this form; a model of another version is not read.
  private static let formatVersion: UInt8 = 2

  package func write(to writer: inout BinaryWriter) {
    writer.write(tag: Self.formatVersion)
    writer.write(path)
    writer.write(isCxx)
    writer.write(names)
    writer.write(files)
    writer.write(types)
    writer.write(records)
    writer.write(symbols)
    writer.write(variables)
    writer.write(functions)
    writer.write(macroUses)
    writer.write(missingHeaders)
    writer.write(diagnostics)
  }

  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    guard try reader.readTag() == Self.formatVersion else { throw reader.damage }
    self.init(path: try reader.readString(), isCxx: try reader.readBool())
    names = try reader.read()
    files = try reader.read()
    types = try reader.read()
    records = try reader.read()
    symbols = try reader.read()
    variables = try reader.read()
    functions = try reader.read()
    macroUses = try reader.read()
    missingHeaders = try reader.read()
    diagnostics = try reader.read()
  }
}
