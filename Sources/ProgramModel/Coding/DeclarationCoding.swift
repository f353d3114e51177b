// The regular parts of the model: fields in order.

extension Name: BinaryCodable {
  package func write(to writer: inout BinaryWriter) { writer.write(index) }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(try reader.readInt32())
  }
}

extension TypeID: BinaryCodable {
  package func write(to writer: inout BinaryWriter) { writer.write(index) }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(try reader.readInt32())
  }
}

extension SymbolID: BinaryCodable {
  package func write(to writer: inout BinaryWriter) { writer.write(index) }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(try reader.readInt32())
  }
}

extension PlaceID: BinaryCodable {
  package func write(to writer: inout BinaryWriter) { writer.write(index) }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(try reader.readInt32())
  }
}

extension BlockID: BinaryCodable {
  package func write(to writer: inout BinaryWriter) { writer.write(index) }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(try reader.readInt32())
  }
}

extension SourceRange: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(file)
    writer.write(unsigned: UInt64(start))
    writer.write(unsigned: UInt64(end))
    writer.write(macro)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      file: try reader.readInt32(),
      start: try reader.readUInt32(),
      end: try reader.readUInt32(),
      macro: try reader.read())
  }
}

extension TypeModel: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(spelling)
    writer.write(tag: kind.rawValue)
    writer.write(isConst)
    writer.write(isVolatile)
    writer.write(isAtomic)
    writer.write(element)
    writer.write(count)
    writer.write(record)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      spelling: try reader.read(),
      kind: try reader.read(raw: TypeKind.self),
      isConst: try reader.readBool(),
      isVolatile: try reader.readBool(),
      isAtomic: try reader.readBool(),
      element: try reader.read(),
      count: try reader.read(),
      record: try reader.read())
  }
}

extension FieldModel: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(name)
    writer.write(type)
    writer.write(isBitField)
    writer.write(range)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      name: try reader.read(),
      type: try reader.read(),
      isBitField: try reader.readBool(),
      range: try reader.read())
  }
}

extension RecordModel: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(name)
    writer.write(isUnion)
    writer.write(fields)
    writer.write(bases)
    writer.write(hasDestructor)
    writer.write(range)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      name: try reader.read(),
      isUnion: try reader.readBool(),
      fields: try reader.read(),
      bases: try reader.read(),
      hasDestructor: try reader.readBool(),
      range: try reader.read())
  }
}

extension Symbol: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(name)
    writer.write(qualifiedName)
    writer.write(key)
    writer.write(tag: kind.rawValue)
    writer.write(tag: linkage.rawValue)
    writer.write(isVirtual)
    writer.write(isForeign)
    writer.write(Int64(bitPattern: writableArguments))
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      name: try reader.read(),
      qualifiedName: try reader.read(),
      key: try reader.read(),
      kind: try reader.read(raw: SymbolKind.self),
      linkage: try reader.read(raw: Linkage.self),
      isVirtual: try reader.readBool(),
      isForeign: try reader.readBool(),
      writableArguments: UInt64(bitPattern: try reader.readInt64()))
  }
}

extension VariableModel: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(symbol)
    writer.write(type)
    writer.write(tag: storage.rawValue)
    writer.write(isDefinition)
    writer.write(isThreadLocal)
    writer.write(isConstexpr)
    writer.write(function)
    writer.write(initializer)
    writer.write(range)
    writer.write(nameRange)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      symbol: try reader.read(),
      type: try reader.read(),
      storage: try reader.read(raw: StorageKind.self),
      isDefinition: try reader.readBool(),
      isThreadLocal: try reader.readBool(),
      isConstexpr: try reader.readBool(),
      function: try reader.read(),
      initializer: try reader.read(),
      range: try reader.read(),
      nameRange: try reader.read())
  }
}

extension Initializer.Element: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(field)
    writer.write(index)
    writer.write(value)
    writer.write(range)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      field: try reader.read(),
      index: try reader.read(),
      value: try reader.read(),
      range: try reader.read())
  }
}

extension MacroUse: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(name)
    writer.write(arguments)
    writer.write(range)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      name: try reader.read(),
      arguments: try reader.read(),
      range: try reader.read())
  }
}
