import ProgramModel
import Testing

/// The compact form of a unit: what goes in comes out, and damage is an error, never a trap.
@Suite struct BinaryCodingTests {
  private func decoded(_ bytes: [UInt8]) throws -> UnitModel {
    var reader = BinaryReader(bytes)
    let unit = try UnitModel(from: &reader)
    #expect(reader.isAtEnd)
    return unit
  }

  @Test func everyCaseSurvives() throws {
    #expect(try decoded(Menagerie.encoded) == Menagerie.unit)
  }

  @Test func emptyUnitSurvives() throws {
    let unit = UnitModel(path: "", isCxx: false)
    var writer = BinaryWriter()
    writer.write(unit)
    #expect(try decoded(writer.bytes) == unit)
  }

  @Test(arguments: [0, 1, -1, 63, 64, -64, -65, .max, .min, 1 << 32] as [Int64])
  func integersSurvive(value: Int64) throws {
    var writer = BinaryWriter()
    writer.write(value)
    var reader = BinaryReader(writer.bytes)
    #expect(try reader.readInt64() == value)
    #expect(reader.isAtEnd)
  }

  @Test func smallIntegersAreOneByte() {
    var writer = BinaryWriter()
    for value in [0, 1, -1, 63, -64] as [Int32] { writer.write(value) }
    #expect(writer.bytes.count == 5)
  }

  @Test func everyPrefixIsDamaged() {
    let bytes = Menagerie.encoded
    for length in bytes.indices {
      #expect(throws: BinaryCodingError.self, "prefix of \(length) bytes") {
        var reader = BinaryReader(Array(bytes[..<length]))
        _ = try UnitModel(from: &reader)
      }
    }
  }

  @Test func flippedBitsNeverTrap() {
    let original = Menagerie.encoded
    var random = LinearCongruence(state: 20)
    var refused = 0
    for _ in 0..<2_000 {
      var bytes = original
      for _ in 0...random.next(3) {
        bytes[random.next(bytes.count)] ^= UInt8(1) << UInt8(random.next(8))
      }
      var reader = BinaryReader(bytes)
      do { _ = try UnitModel(from: &reader) } catch { refused += 1 }
    }
    // Flips inside strings and numbers give another model; most others are seen.
    #expect(refused > 200)
  }

  @Test func anotherVersionIsNotRead() {
    var bytes = Menagerie.encoded
    bytes[0] &+= 1
    var reader = BinaryReader(bytes)
    #expect(throws: BinaryCodingError.self) { _ = try UnitModel(from: &reader) }
  }

  @Test func countsCannotAskForMemory() {
    var writer = BinaryWriter()
    writer.write(unsigned: .max)
    var reader = BinaryReader(writer.bytes)
    #expect(throws: BinaryCodingError.self) { _ = try reader.readCount() }
    reader = BinaryReader([0xFF] + [UInt8](repeating: 0x80, count: 20))
    #expect(throws: BinaryCodingError.self) { _ = try reader.readUnsigned() }
  }

  @Test func tagsAreChecked() {
    var reader = BinaryReader([250])
    #expect(throws: BinaryCodingError.self) { _ = try Operand(from: &reader) }
    reader = BinaryReader([2])
    #expect(throws: BinaryCodingError.self) { _ = try reader.readBool() }
    reader = BinaryReader([200])
    #expect(throws: BinaryCodingError.self) { _ = try reader.read(raw: TypeKind.self) }
  }

  @Test func damageSaysWhere() {
    #expect(
      BinaryCodingError.damaged(at: 7).description == "the encoded model is damaged at byte 7")
  }
}

/// A small generator of its own, so that a failure can be repeated.
private struct LinearCongruence {
  var state: UInt64
  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
