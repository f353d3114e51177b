/// Why a stored or received model could not be read.
package enum BinaryCodingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The bytes end early or hold an impossible value.
  case damaged(at: Int)

  package var description: String {
    switch self {
    case .damaged(let offset): "the encoded model is damaged at byte \(offset)"
    }
  }
}

/// Collects a model's compact form: integers as variable-length groups of seven bits, signed ones
/// zigzag-coded, strings as length and UTF-8.
package struct BinaryWriter {
  package private(set) var bytes: [UInt8] = []

  package init(capacity: Int = 4096) { bytes.reserveCapacity(capacity) }

  package mutating func write(unsigned value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  package mutating func write(_ value: Int64) {
    write(unsigned: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  package mutating func write(_ value: Int32) { write(Int64(value)) }
  package mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }
  package mutating func write(tag: UInt8) { bytes.append(tag) }

  package mutating func write(_ text: String) {
    let utf8 = Array(text.utf8)
    write(unsigned: UInt64(utf8.count))
    bytes.append(contentsOf: utf8)
  }

  package mutating func write<Value: BinaryCodable>(_ value: Value) { value.write(to: &self) }

  package mutating func write<Value: BinaryCodable>(_ values: [Value]) {
    write(unsigned: UInt64(values.count))
    for value in values { value.write(to: &self) }
  }

  package mutating func write<Value: BinaryCodable>(_ value: Value?) {
    write(value != nil)
    if let value { value.write(to: &self) }
  }
}

/// Reads what `BinaryWriter` wrote.
package struct BinaryReader {
  private let bytes: [UInt8]
  package private(set) var offset = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var isAtEnd: Bool { offset == bytes.count }

  package var damage: BinaryCodingError { .damaged(at: offset) }

  package mutating func readTag() throws(BinaryCodingError) -> UInt8 {
    guard offset < bytes.count else { throw damage }
    defer { offset += 1 }
    return bytes[offset]
  }

  package mutating func readUnsigned() throws(BinaryCodingError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try readTag()
      guard shift < 64 else { throw damage }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  package mutating func readInt64() throws(BinaryCodingError) -> Int64 {
    let raw = try readUnsigned()
    return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
  }

  package mutating func readInt32() throws(BinaryCodingError) -> Int32 {
    guard let value = Int32(exactly: try readInt64()) else { throw damage }
    return value
  }

  package mutating func readUInt32() throws(BinaryCodingError) -> UInt32 {
    guard let value = UInt32(exactly: try readUnsigned()) else { throw damage }
    return value
  }

  package mutating func readBool() throws(BinaryCodingError) -> Bool {
    switch try readTag() {
    case 0: return false
    case 1: return true
    default: throw damage
    }
  }

  /// A count of things of at least one byte each, so that damaged bytes cannot ask for memory.
  package mutating func readCount() throws(BinaryCodingError) -> Int {
    let count = try readUnsigned()
    guard count <= UInt64(bytes.count - offset) else { throw damage }
    return Int(count)
  }

  package mutating func readString() throws(BinaryCodingError) -> String {
    let count = try readCount()
    defer { offset += count }
    return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
  }

  package mutating func read<Value: BinaryCodable>() throws(BinaryCodingError) -> Value {
    try Value(from: &self)
  }

  package mutating func read<Value: BinaryCodable>() throws(BinaryCodingError) -> [Value] {
    let count = try readCount()
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try Value(from: &self)) }
    return values
  }

  package mutating func read<Value: BinaryCodable>() throws(BinaryCodingError) -> Value? {
    try readBool() ? try Value(from: &self) : nil
  }

  /// A closed enumeration by its raw value.
  package mutating func read<Value: RawRepresentable>(
    raw: Value.Type
  ) throws(BinaryCodingError) -> Value where Value.RawValue == UInt8 {
    guard let value = Value(rawValue: try readTag()) else { throw damage }
    return value
  }
}

/// A part of the model with a compact form.
package protocol BinaryCodable {
  func write(to writer: inout BinaryWriter)
  init(from reader: inout BinaryReader) throws(BinaryCodingError)
}

extension String: BinaryCodable {
  package func write(to writer: inout BinaryWriter) { writer.write(self) }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self = try reader.readString()
  }
}

extension Int64: BinaryCodable {
  package func write(to writer: inout BinaryWriter) { writer.write(self) }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self = try reader.readInt64()
  }
}

extension Int32: BinaryCodable {
  package func write(to writer: inout BinaryWriter) { writer.write(self) }
  package init(from reader: inout BinaryReader) throws(BinaryCodingError) {
    self = try reader.readInt32()
  }
}
