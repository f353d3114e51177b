// The parts of a function: fields in order, cases by tag.

extension LocalModel: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(name)
    writer.write(type)
    writer.write(tag: kind.rawValue)
    writer.write(range)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      name: try reader.read(),
      type: try reader.read(),
      kind: try reader.read(raw: LocalModel.Kind.self),
      range: try reader.read())
  }
}

extension Gap: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(reason)
    writer.write(range)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      reason: try reader.read(),
      range: try reader.read())
  }
}

extension SwitchCase: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(low)
    writer.write(high)
    writer.write(target)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      low: try reader.read(),
      high: try reader.read(),
      target: try reader.read())
  }
}

extension Instruction: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(operation)
    writer.write(range)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      try reader.read(),
      try reader.read())
  }
}

extension Block: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(instructions)
    writer.write(terminator)
    writer.write(range)
    writer.write(handler)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      instructions: try reader.read(),
      terminator: try reader.read(),
      range: try reader.read(),
      handler: try reader.read())
  }
}

extension Place: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(base)
    writer.write(path)
    writer.write(type)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      base: try reader.read(),
      path: try reader.read(),
      type: try reader.read())
  }
}

extension FunctionModel: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(symbol)
    writer.write(tag: kind.rawValue)
    writer.write(tag: linkage.rawValue)
    writer.write(locals)
    writer.write(parameterCount)
    writer.write(resultType)
    writer.write(isVariadic)
    writer.write(places)
    writer.write(blocks)
    writer.write(temporaries)
    writer.write(record)
    writer.write(enclosing)
    writer.write(range)
    writer.write(nameRange)
    writer.write(gaps)
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self.init(
      symbol: try reader.read(),
      kind: try reader.read(raw: FunctionModel.Kind.self),
      linkage: try reader.read(raw: Linkage.self),
      locals: try reader.read(),
      parameterCount: try reader.read(),
      resultType: try reader.read(),
      isVariadic: try reader.readBool(),
      places: try reader.read(),
      blocks: try reader.read(),
      temporaries: try reader.read(),
      record: try reader.read(),
      enclosing: try reader.read(),
      range: try reader.read(),
      nameRange: try reader.read(),
      gaps: try reader.read())
  }
}

extension Place.Base: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    switch self {
    case .local(let part0):
      writer.write(tag: 0)
      writer.write(part0)
    case .variable(let part0):
      writer.write(tag: 1)
      writer.write(part0)
    case .temporary(let part0):
      writer.write(tag: 2)
      writer.write(part0)
    case .unnamed:
      writer.write(tag: 3)
    }
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    switch try reader.readTag() {
    case 0: self = .local(try reader.read())
    case 1: self = .variable(try reader.read())
    case 2: self = .temporary(try reader.read())
    case 3: self = .unnamed
    default: throw reader.damage
    }
  }
}

extension Place.Step: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    switch self {
    case .field(let part0, let part1):
      writer.write(tag: 0)
      writer.write(part0)
      writer.write(part1)
    case .index(let part0):
      writer.write(tag: 1)
      writer.write(part0)
    case .dereference:
      writer.write(tag: 2)
    }
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    switch try reader.readTag() {
    case 0: self = .field(try reader.read(), record: try reader.read())
    case 1: self = .index(try reader.read())
    case 2: self = .dereference
    default: throw reader.damage
    }
  }
}

extension Operand: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    switch self {
    case .temporary(let part0):
      writer.write(tag: 0)
      writer.write(part0)
    case .local(let part0):
      writer.write(tag: 1)
      writer.write(part0)
    case .integer(let part0):
      writer.write(tag: 2)
      writer.write(part0)
    case .floating:
      writer.write(tag: 3)
    case .string(let part0):
      writer.write(tag: 4)
      writer.write(part0)
    case .function(let part0):
      writer.write(tag: 5)
      writer.write(part0)
    case .address(let part0):
      writer.write(tag: 6)
      writer.write(part0)
    case .unknown:
      writer.write(tag: 7)
    }
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    switch try reader.readTag() {
    case 0: self = .temporary(try reader.read())
    case 1: self = .local(try reader.read())
    case 2: self = .integer(try reader.read())
    case 3: self = .floating
    case 4: self = .string(try reader.read())
    case 5: self = .function(try reader.read())
    case 6: self = .address(try reader.read())
    case 7: self = .unknown
    default: throw reader.damage
    }
  }
}

extension Callee: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    switch self {
    case .direct(let part0):
      writer.write(tag: 0)
      writer.write(part0)
    case .indirect(let part0):
      writer.write(tag: 1)
      writer.write(part0)
    }
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    switch try reader.readTag() {
    case 0: self = .direct(try reader.read())
    case 1: self = .indirect(try reader.read())
    default: throw reader.damage
    }
  }
}

extension Operation: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    switch self {
    case .load(let part0, let part1):
      writer.write(tag: 0)
      writer.write(part0)
      writer.write(part1)
    case .store(let part0, let part1):
      writer.write(tag: 1)
      writer.write(part0)
      writer.write(part1)
    case .modify(let part0, let part1, let part2, let part3, let part4):
      writer.write(tag: 2)
      writer.write(part0)
      writer.write(part1)
      writer.write(tag: part2.rawValue)
      writer.write(part3)
      writer.write(part4)
    case .atomic(let part0, let part1, let part2, let part3, let part4):
      writer.write(tag: 3)
      writer.write(part0)
      writer.write(tag: part1.rawValue)
      writer.write(part2)
      writer.write(part3)
      writer.write(part4)
    case .compute(let part0, let part1, let part2):
      writer.write(tag: 4)
      writer.write(part0)
      writer.write(tag: part1.rawValue)
      writer.write(part2)
    case .copy(let part0, let part1):
      writer.write(tag: 5)
      writer.write(part0)
      writer.write(part1)
    case .call(let part0, let part1, let part2):
      writer.write(tag: 6)
      writer.write(part0)
      writer.write(part1)
      writer.write(part2)
    case .opaque(let part0, let part1, let part2):
      writer.write(tag: 7)
      writer.write(part0)
      writer.write(part1)
      writer.write(part2)
    }
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    switch try reader.readTag() {
    case 0: self = .load(try reader.read(), try reader.read())
    case 1: self = .store(try reader.read(), try reader.read())
    case 2:
      self = .modify(
        try reader.read(), try reader.read(), try reader.read(raw: Operator.self),
        try reader.read(), yieldsOld: try reader.readBool())
    case 3:
      self = .atomic(
        try reader.read(), try reader.read(raw: AtomicKind.self), try reader.read(),
        name: try reader.read(), try reader.read())
    case 4:
      self = .compute(try reader.read(), try reader.read(raw: Operator.self), try reader.read())
    case 5: self = .copy(try reader.read(), try reader.read())
    case 6: self = .call(try reader.read(), try reader.read(), try reader.read())
    case 7: self = .opaque(try reader.read(), name: try reader.read(), try reader.read())
    default: throw reader.damage
    }
  }
}

extension Terminator: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    switch self {
    case .jump(let part0):
      writer.write(tag: 0)
      writer.write(part0)
    case .branch(let part0, let part1, let part2):
      writer.write(tag: 1)
      writer.write(part0)
      writer.write(part1)
      writer.write(part2)
    case .switch(let part0, let part1, let part2):
      writer.write(tag: 2)
      writer.write(part0)
      writer.write(part1)
      writer.write(part2)
    case .indirect(let part0, let part1):
      writer.write(tag: 3)
      writer.write(part0)
      writer.write(part1)
    case .return(let part0):
      writer.write(tag: 4)
      writer.write(part0)
    case .throw:
      writer.write(tag: 5)
    case .unreachable:
      writer.write(tag: 6)
    }
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    switch try reader.readTag() {
    case 0: self = .jump(try reader.read())
    case 1: self = .branch(try reader.read(), then: try reader.read(), otherwise: try reader.read())
    case 2: self = .switch(try reader.read(), try reader.read(), otherwise: try reader.read())
    case 3: self = .indirect(try reader.read(), try reader.read())
    case 4: self = .return(try reader.read())
    case 5: self = .throw
    case 6: self = .unreachable
    default: throw reader.damage
    }
  }
}

extension Initializer: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    switch self {
    case .integer(let part0, let part1):
      writer.write(tag: 0)
      writer.write(part0)
      writer.write(part1)
    case .floating:
      writer.write(tag: 1)
    case .string(let part0):
      writer.write(tag: 2)
      writer.write(part0)
    case .function(let part0):
      writer.write(tag: 3)
      writer.write(part0)
    case .address(let part0, let part1):
      writer.write(tag: 4)
      writer.write(part0)
      writer.write(part1)
    case .variable(let part0):
      writer.write(tag: 5)
      writer.write(part0)
    case .list(let part0):
      writer.write(tag: 6)
      writer.write(part0)
    case .call(let part0):
      writer.write(tag: 7)
      writer.write(part0)
    case .unknown:
      writer.write(tag: 8)
    case .offset(let part0, let part1):
      writer.write(tag: 9)
      writer.write(part0)
      writer.write(part1)
    }
  }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    switch try reader.readTag() {
    case 0: self = .integer(try reader.read(), macro: try reader.read())
    case 1: self = .floating
    case 2: self = .string(try reader.read())
    case 3: self = .function(try reader.read())
    case 4: self = .address(try reader.read(), path: try reader.read())
    case 5: self = .variable(try reader.read())
    case 6: self = .list(try reader.read())
    case 7: self = .call(try reader.read())
    case 8: self = .unknown
    case 9: self = .offset(record: try reader.read(), field: try reader.read())
    default: throw reader.damage
    }
  }
}
