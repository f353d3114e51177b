import ProgramModel
import PythonAPI

/// What functions do to the memory that a parameter points to.
final class PointerEffects {
  struct Effect: OptionSet {
    let rawValue: UInt8
    static let reads = Self(rawValue: 1)
    static let writes = Self(rawValue: 2)
    static let releases = Self(rawValue: 4)
    static let closes = Self(rawValue: 8)
    /// Of which nothing better is known.
    static let unknown = Self(rawValue: 16)
    /// Changes a part of it atomically.
    static let counts = Self(rawValue: 32)
  }

  private struct Parameter: Hashable {
    var function: FunctionID
    var index: Int
  }

  private let package: PackageModel
  private let tables: ValueTables
  private var known: [Parameter: Effect] = [:]
  private var depth = 0

  /// Calls deeper than this are not followed.
  private static let deepest = 12

  init(_ package: PackageModel, _ tables: ValueTables) {
    self.package = package
    self.tables = tables
  }

  /// The effect of passing a pointer to memory as an argument.
  func effect(
    of callee: FunctionID, argument: Int, on memory: ForeignEffects.Memory
  ) -> Effect {
    let linked = package[callee]
    guard linked.definition != nil else { return foreign(linked, argument, memory) }
    if argument == 0, ReleaseNames.isRelease(linked.name) { return [.releases] }
    let found = summary(Parameter(function: callee, index: argument))
    if argument == 0, found.contains(.releases), ReleaseNames.closes(linked) {
      return found.subtracting([.releases]).union([.closes])
    }
    return found
  }

  private func foreign(
    _ callee: LinkedFunction, _ argument: Int, _ memory: ForeignEffects.Memory
  ) -> Effect {
    if ReleaseNames.isRelease(callee.name), argument == 0 { return [.releases] }
    if argument == 0, ReleaseNames.closes(callee) { return [.closes] }
    switch ForeignEffects.effect(of: callee, argument, on: memory) {
    // The pointer as a number says nothing of what it points to.
    case .keep: return callee.name.hasPrefix("PyLong_") ? [] : [.reads]
    case .read: return [.reads]
    case .write: return [.writes]
    case .modify: return [.reads, .writes]
    case .perhapsModify: return [.reads, .writes, .unknown]
    case .synchronise: return []
    case .atomic(let access): return access.writes ? [.counts] : []
    }
  }

  private func summary(_ parameter: Parameter) -> Effect {
    if let known = known[parameter] { return known }
    guard depth < Self.deepest, let unit = package.body(of: parameter.function)?.unit,
      let values = tables.values(of: parameter.function)
    else { return [] }
    depth += 1
    defer { depth -= 1 }
    known[parameter] = []
    var reader = ParameterReader(
      effects: self, package: package, unit: unit, values: values,
      parameter: Int32(truncatingIfNeeded: parameter.index))
    let found = reader.read()
    known[parameter] = found
    return found
  }

  private struct ParameterReader {
    let effects: PointerEffects
    let package: PackageModel
    let unit: Int
    let values: FunctionValues
    let parameter: Int32
    private var known: [Operand: Bool] = [:]

    init(
      effects: PointerEffects, package: PackageModel, unit: Int, values: FunctionValues,
      parameter: Int32
    ) {
      self.effects = effects
      self.package = package
      self.unit = unit
      self.values = values
      self.parameter = parameter
    }

    mutating func read() -> Effect {
      var found: Effect = []
      for block in values.model.blocks {
        for instruction in block.instructions { found.formUnion(read(instruction.operation)) }
      }
      // What is released when an atomic count says so is no one's any more.
      if found.contains(.counts) { found.subtract([.releases, .closes, .counts]) }
      return found
    }

    private mutating func read(_ operation: Operation) -> Effect {
      switch operation {
      case .load(_, let place): return isBehind(place) ? [.reads] : []
      case .store(let place, _): return isBehind(place) ? [.writes] : []
      case .modify(_, let place, _, _, _): return isBehind(place) ? [.reads, .writes] : []
      case .call(_, .direct(let symbol), let arguments):
        guard let callee = package.function(symbol, in: unit) else { return [] }
        var found: Effect = []
        for (position, argument) in arguments.enumerated() where leadsThere(argument) {
          let memory = ForeignEffects.Memory(
            isPython: false, isScalar: isScalar(argument), isClass: package.units[unit].isCxx)
          var effect = effects.effect(of: callee, argument: position, on: memory)
          // The end of a part is a change of the whole.
          if case .address = argument, !effect.isDisjoint(with: [.releases, .closes]) {
            effect = [.reads, .writes]
          }
          found.formUnion(effect)
        }
        return found
      case .call(_, .indirect, let arguments), .opaque(_, _, let arguments):
        return arguments.contains { holds($0) } ? [.reads, .writes, .unknown] : []
      case .atomic(_, let kind, let place, _, _):
        return kind != .load && isBehind(place) ? [.counts] : []
      case .compute, .copy: return []
      }
    }

    private func isScalar(_ argument: Operand) -> Bool {
      guard case .address(let id) = argument else { return false }
      switch package.units[unit][values.place(id).type].kind {
      case .boolean, .integer, .floating, .enumeration, .pointer: return true
      default: return false
      }
    }

    /// Whether an operand is the parameter's pointer, or one into what it points to.
    private mutating func leadsThere(_ operand: Operand) -> Bool {
      if case .address(let id) = operand { return isBehind(id) }
      return holds(operand)
    }

    private mutating func holds(_ operand: Operand, depth: Int = 0) -> Bool {
      switch operand {
      case .local(parameter): return true
      case .local, .temporary: break
      default: return false
      }
      if let known = known[operand] { return known }
      known[operand] = false
      let found =
        depth < 8
        && values.sources(of: operand).contains { source in
          if source == .local(parameter) { return true }
          switch source {
          case .address(let id): return isBehind(id)
          case .temporary(let number):
            switch values.definition(of: number) {
            case .compute(.add, let operands)?, .compute(.subtract, let operands)?:
              return operands.contains { holds($0, depth: depth + 1) }
            // An element of a container that the method gives a reference to.
            case .call(let block, let index)?:
              guard
                case .call(_, .direct(let symbol), let arguments)? = values.operation(
                  block: block, instruction: index),
                let id = package.function(symbol, in: unit), let first = arguments.first
              else { return false }
              let givesPart =
                LibraryReferences.step(of: package[id]) != nil
                || package[id].name == "operator->" || package[id].name == "operator*"
              return givesPart && leadsThere(first)
            default: return false
            }
          default: return false
          }
        }
      known[operand] = found
      return found
    }

    private mutating func isBehind(_ id: PlaceID) -> Bool {
      let place = values.place(id)
      switch place.base {
      case .local(let index):
        guard let first = place.path.first else { return false }
        if first == .dereference { return holds(.local(index)) }
        if case .index = first { return holds(.local(index)) }
        return false
      case .temporary(let number): return holds(.temporary(number))
      case .variable, .unnamed: return false
      }
    }
  }
}

/// Functions that end what their first argument refers to, by the facts and by their names.
enum ReleaseNames {
  /// Memory goes back, or perhaps to another place.
  static func isRelease(_ name: String) -> Bool {
    if memory.contains(name) { return true }
    guard let fact = PythonFacts.shared.allocations[name] else { return false }
    return fact.role == .release || fact.role == .resize
  }

  private static let memory: Set<String> = [
    "free", "realloc", "reallocf", "operator delete", "operator delete[]",
  ]

  /// The words by which libraries name what ends a handle.
  private static let words: Set<String> = [
    "close", "free", "destroy", "finalize", "dispose", "shutdown", "end", "fini",
    "cleanup", "finish", "unbind", "disconnect", "quit",
  ]

  /// What stands behind the word that tells.
  private static let fillers: Set<String> = ["ext", "ex", "s", "handle", "v2", "r"]

  /// The words of a name, small: `PQfinish` is `pq` and `finish`.
  private static func words(of name: String) -> [String] {
    var found: [String] = []
    var word = ""
    var previous: Character = "_"
    for character in name {
      let isStart =
        character.isUppercase && !previous.isUppercase
        || character.isLowercase && previous.isUppercase && word.count > 1
      if character == "_" || isStart {
        if !word.isEmpty { found.append(word.lowercased()) }
        word = ""
      }
      if character != "_" { word.append(character) }
      previous = character
    }
    if !word.isEmpty { found.append(word.lowercased()) }
    return found
  }

  /// Whether the last word of a function's name says that it ends what it is given.
  static func closes(_ function: LinkedFunction) -> Bool {
    let name = function.name
    if name == "PyBuffer_Release" { return true }
    if name.hasPrefix("Py") || name.hasPrefix("_Py") || function.qualifiedName.hasPrefix("std::")
      || PythonFacts.shared.lockFunctions[name] != nil
    {
      return false
    }
    var parts = words(of: name)
    while let last = parts.last, parts.count > 1, fillers.contains(last) { parts.removeLast() }
    if let last = parts.last, words.contains(last), parts.count > 1 || last == "close" {
      return true
    }
    return ["fclose", "pclose", "closedir", "gzclose", "dlclose", "closesocket"].contains(name)
  }
}
