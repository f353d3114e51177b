internal import ProgramModel

/// Messages on a worker's pipes: four bytes of length, lowest first, then the bytes.
enum Frame {
  static func header(_ count: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
  }

  static func length(_ header: ArraySlice<UInt8>) -> Int {
    header.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  static func encode(_ value: some BinaryCodable) -> [UInt8] {
    var writer = BinaryWriter(capacity: 512)
    writer.write(value)
    return header(writer.bytes.count) + writer.bytes
  }

  /// The value of a frame; nil where it is damaged.
  static func decode<Value: BinaryCodable>(_ bytes: [UInt8]) -> Value? {
    var reader = BinaryReader(bytes)
    return try? Value(from: &reader)
  }
}

/// Cuts a stream of bytes into frames.
struct FrameBuffer {
  private var bytes: [UInt8] = []
  private var start = 0

  mutating func append(_ more: [UInt8]) {
    if start == bytes.count {
      bytes = more
      start = 0
    } else {
      bytes.append(contentsOf: more)
    }
  }

  /// The next whole frame; nil until it is there.
  mutating func next() -> [UInt8]? {
    guard bytes.count - start >= 4 else { return nil }
    let length = Frame.length(bytes[start..<start + 4])
    guard bytes.count - start - 4 >= length else { return nil }
    let frame = Array(bytes[(start + 4)..<(start + 4 + length)])
    start += 4 + length
    return frame
  }
}
