import ProgramModel
import PythonAPI

/// Which objects no other thread can have yet: made in the function and not handed on.
final class ObjectPrivacy {
  let package: PackageModel
  private var functions: [FunctionID: FreshObjects] = [:]
  private var returnsFresh: [FunctionID: Bool] = [:]
  private var keepers: [Parameter: Bool] = [:]
  private var returnedParameters: [FunctionID: Int?] = [:]

  private struct Parameter: Hashable {
    var function: FunctionID
    var index: Int
  }

  let tables: ValueTables
  /// Memory of the functions' own.
  let ownMemory: OwnMemory

  init(_ package: PackageModel) {
    self.package = package
    tables = ValueTables(package)
    ownMemory = OwnMemory(package, tables)
  }

  /// Whether no other thread can have what a pointer leads to: it, or an object by which it was
  /// reached, is the function's own or was made in it and is not published.
  func isAlone(_ pointer: Operand, at point: ProgramPoint, in function: FunctionID) -> Bool {
    ([pointer] + ownMemory.owners(of: pointer, in: function)).contains {
      ownMemory.contains($0, in: function) || isPrivate($0, at: point, in: function)
    }
  }

  /// Whether the object that a pointer points to was made in this function and is not published
  /// before a point of it.
  func isPrivate(_ pointer: Operand, at point: ProgramPoint, in function: FunctionID) -> Bool {
    guard let fresh = objects(of: function), let makers = fresh.makers(of: pointer) else {
      return false
    }
    return !fresh.isPublished(makers, before: point)
  }

  /// Whether a function makes an object at all.
  func makesAny(_ function: FunctionID) -> Bool { objects(of: function)?.hasAny ?? false }

  private func objects(of function: FunctionID) -> FreshObjects? {
    if let known = functions[function] { return known }
    guard let unit = package.body(of: function)?.unit, let values = tables.values(of: function)
    else { return nil }
    let made = FreshObjects(values, unit, self)
    functions[function] = made
    return made
  }

  // MARK: Functions

  /// Memory for objects that the package lays out itself.
  private static let memory: Set<String> = [
    "PyObject_Malloc", "PyObject_Calloc", "PyMem_Malloc", "PyMem_Calloc", "malloc", "calloc",
    "_PyObject_GC_Malloc", "PyMem_RawMalloc", "PyMem_RawCalloc", "operator new", "operator new[]",
  ]

  /// Whether a function of Python or the C library gives new memory.
  static func isAllocator(_ name: String) -> Bool {
    if memory.contains(name) { return true }
    let role = PythonFacts.shared.allocations[name]?.role
    return role == .allocate || role == .resize
  }

  /// Whether a call gives an object that nobody else has.
  func isMaker(
    _ callee: Callee, _ arguments: [Operand], _ unit: Int, _ values: FunctionValues,
    depth: Int = 0
  ) -> Bool {
    switch callee {
    case .direct(let symbol):
      guard let id = package.function(symbol, in: unit) else { return false }
      let name = package[id].name
      if name.hasPrefix("PyObject_Call") || name.hasPrefix("PyObject_Vectorcall"),
        let first = arguments.first, isType(first, unit, values)
      {
        return true
      }
      return ReferenceEffects.made(by: name) == .instance || Self.memory.contains(name)
        || givesFresh(id, depth: depth)
    case .indirect(let operand):
      return values.sources(of: operand).contains { isAllocator($0, unit, values) }
    }
  }

  /// Whether an operand is a type of the package: what calling it gives is new.
  private func isType(_ operand: Operand, _ unit: Int, _ values: FunctionValues) -> Bool {
    let names = package.units[unit]
    func isTypePointer(_ type: TypeID) -> Bool {
      ["_typeobject", "PyTypeObject"].contains(names.pointedRecord(type))
    }
    switch operand {
    case .address(let id):
      guard case .variable(let symbol) = values.place(id).base,
        let variable = package.variable(symbol, in: unit)
      else { return false }
      return package[variable].definition != nil
    case .local(let index): return isTypePointer(values.model.locals[Int(index)].type)
    case .temporary(let number):
      guard case .load(let place)? = values.definition(of: number) else { return false }
      return isTypePointer(values.place(place).type)
    default: return false
    }
  }

  /// The parameter that a function of the package gives back, whatever it does to it; nil: it
  /// gives something else as well.
  func returnedParameter(_ callee: Callee, _ unit: Int) -> Int? {
    guard case .direct(let symbol) = callee, let id = package.function(symbol, in: unit) else {
      return nil
    }
    if let known = returnedParameters[id] { return known }
    returnedParameters[id] = .some(nil)
    guard let values = tables.values(of: id), values.model.parameterCount > 0 else { return nil }
    let model = values.model
    var found: Int?
    for block in model.blocks {
      guard case .return(let operand?) = block.terminator else { continue }
      for source in values.sources(of: operand) {
        switch source {
        case .integer: continue
        case .local(let index) where index < model.parameterCount:
          guard found == nil || found == Int(index) else { return nil }
          found = Int(index)
        default: return nil
        }
      }
    }
    returnedParameters[id] = .some(found)
    return found
  }

  /// Whether a call makes a new object of memory that it is given, such as a spare one.
  func isReviver(_ callee: Callee, _ unit: Int) -> Bool {
    guard case .direct(let symbol) = callee, let id = package.function(symbol, in: unit) else {
      return false
    }
    return Self.revivers.contains(package[id].name)
  }

  private static let revivers: Set<String> = [
    "PyObject_Init", "PyObject_InitVar", "PyObject_INIT", "PyObject_INIT_VAR",
    "_Py_NewReference", "_PyObject_Init", "_PyObject_InitVar",
  ]

  /// `type->tp_alloc`, `base->tp_new`, or what `PyType_GetSlot` gives for them.
  private func isAllocator(_ operand: Operand, _ unit: Int, _ values: FunctionValues) -> Bool {
    guard case .temporary(let number) = operand else { return false }
    switch values.definition(of: number) {
    case .load(let place)?:
      guard case .field(let name, _)? = values.place(place).path.last else { return false }
      let bare = package.units[unit][name]
      // The package's own pointer to an allocator is one, too.
      return ["tp_alloc", "tp_new"].contains(bare) || bare.lowercased().contains("alloc")
    case .call(let block, let instruction)?:
      guard
        case .call(_, .direct(let symbol), let arguments)? = values.operation(
          block: block, instruction: instruction),
        let id = package.function(symbol, in: unit), package[id].name == "PyType_GetSlot",
        arguments.count > 1, case .integer(let slot) = arguments[1],
        let name = PythonFacts.shared.typeSlots[Int(slot)]?.name
      else { return false }
      return ["Py_tp_alloc", "Py_tp_new"].contains(name)
    default: return false
    }
  }

  private func givesFresh(_ function: FunctionID, depth: Int) -> Bool {
    if let known = returnsFresh[function] { return known }
    guard depth < 8, package[function].definition != nil else { return false }
    returnsFresh[function] = false
    guard let fresh = objects(of: function) else { return false }
    let found = fresh.returnsFresh
    returnsFresh[function] = found
    return found
  }

  /// Whether a method gives the pointer that the object it is called on holds in a field.
  func givesHeld(_ callee: Callee, _ unit: Int) -> Bool {
    guard case .direct(let symbol) = callee, let id = package.function(symbol, in: unit),
      let (unit, model) = package.body(of: id), package.units[unit].isCxx,
      model.parameterCount == 1, let values = tables.values(of: id)
    else { return false }
    var givesAny = false
    for block in model.blocks {
      guard case .return(let operand?) = block.terminator else { continue }
      for source in values.sources(of: operand) {
        guard case .temporary(let number) = source,
          case .load(let place)? = values.definition(of: number),
          values.place(place).base == .local(0), values.place(place).path.count == 2
        else { return false }
        givesAny = true
      }
    }
    return givesAny
  }

  /// Whether a call constructs a local object that holds a pointer which it is given alone.
  func isHolderConstructor(_ callee: Callee, _ unit: Int) -> Bool {
    guard case .direct(let symbol) = callee, let id = package.function(symbol, in: unit) else {
      return false
    }
    let parts = package[id].qualifiedName.split(separator: ":")
    return parts.count > 1 && parts[parts.count - 1] == parts[parts.count - 2]
  }

  /// Whether a call may keep an object that it is given.
  func keeps(_ callee: Callee, argument: Int, _ unit: Int) -> Bool {
    guard case .direct(let symbol) = callee, let id = package.function(symbol, in: unit) else {
      return true
    }
    guard let unit = package.body(of: id)?.unit, let values = tables.values(of: id) else {
      // Makes an object of the memory, and leaves it to the caller.
      if Self.revivers.contains(package[id].name) { return false }
      return ReferenceEffects.keeps(package[id].name, argument: argument)
    }
    let parameter = Parameter(function: id, index: argument)
    if let known = keepers[parameter] { return known }
    // What calls itself keeps nothing by that.
    keepers[parameter] = false
    let found =
      FreshObjects.publications(
        of: .local(Int32(truncatingIfNeeded: argument)), values, unit, self
      ).isEmpty == false
    keepers[parameter] = found
    return found
  }
}

/// The objects that one function makes.
private struct FreshObjects {
  private let values: FunctionValues
  private let unit: Int
  /// The calls that make objects, by the temporary that holds the result.
  private var places: [Int32: ProgramPoint] = [:]
  private var published: [Int32: [ProgramPoint]] = [:]
  /// What calls give back that they were passed, by the temporary that holds the result.
  private var aliases: [Int32: Operand] = [:]

  /// Results of functions that raise an exception.
  private var errors: Set<Int32> = []
  /// What local objects of C++ were made to hold.
  private var held: [Int32: [Operand]] = [:]

  init(_ values: FunctionValues, _ unit: Int, _ privacy: ObjectPrivacy) {
    self.values = values
    self.unit = unit
    findHolders(privacy)
    for (number, block) in values.model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard case .call(let result, let callee, let arguments) = instruction.operation else {
          continue
        }
        let point = ProgramPoint(
          block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index)
        if let result {
          if case .direct(let symbol) = callee,
            privacy.package.units[unit].name(of: symbol).hasPrefix("PyErr_")
          {
            errors.insert(result)
          }
          if privacy.isMaker(callee, arguments, unit, values, depth: 1) {
            places[result] = point
          } else if let position = privacy.returnedParameter(callee, unit),
            position < arguments.count
          {
            aliases[result] = arguments[position]
          } else if let local = Self.local(arguments.first, values), arguments.count == 1,
            let only = held[local], only.count == 1, privacy.givesHeld(callee, unit)
          {
            aliases[result] = only[0]
          }
        }
        guard let first = arguments.first, privacy.isReviver(callee, unit) else { continue }
        for case .temporary(let number) in values.sources(of: first) where places[number] == nil {
          places[number] = point
        }
      }
    }
    for result in places.keys.sorted() {
      published[result] = Self.publications(of: .temporary(result), values, unit, privacy)
    }
  }

  /// Local objects of C++ that are constructed from a pointer, such as smart pointers.
  private mutating func findHolders(_ privacy: ObjectPrivacy) {
    for block in values.model.blocks {
      for instruction in block.instructions {
        guard case .call(_, let callee, let arguments) = instruction.operation,
          arguments.count > 1, let local = Self.local(arguments[0], values),
          arguments.dropFirst(2).allSatisfy({ if case .integer = $0 { true } else { false } }),
          privacy.isHolderConstructor(callee, unit)
        else { continue }
        held[local, default: []].append(arguments[1])
      }
    }
  }

  /// The local variable whose address an operand is.
  private static func local(_ operand: Operand?, _ values: FunctionValues) -> Int32? {
    guard case .address(let id)? = operand, case .local(let local) = values.place(id).base,
      values.place(id).path.isEmpty
    else { return nil }
    return local
  }

  /// The calls whose results a pointer can be; nil: it can be something else.
  func makers(of pointer: Operand, depth: Int = 0) -> [Int32]? {
    guard !places.isEmpty, depth < 8 else { return nil }
    var found: [Int32] = []
    for source in values.sources(of: pointer) {
      switch source {
      case .integer: continue
      case .temporary(let number) where places[number] != nil: found.append(number)
      case .temporary(let number) where isError(number): continue
      case .temporary(let number):
        guard let alias = aliases[number], let makers = makers(of: alias, depth: depth + 1) else {
          return nil
        }
        found += makers
      default: return nil
      }
    }
    return found.isEmpty ? nil : found
  }

  var hasAny: Bool { !places.isEmpty }

  /// Whether a temporary is what `PyErr_NoMemory` and its like give: always NULL.
  private func isError(_ temporary: Int32) -> Bool { errors.contains(temporary) }

  var returnsFresh: Bool {
    var isFresh = false
    for block in values.model.blocks {
      guard case .return(let operand?) = block.terminator else { continue }
      let isNull = values.sources(of: operand).allSatisfy { source in
        switch source {
        case .integer: true
        case .temporary(let number): isError(number)
        default: false
        }
      }
      if isNull { continue }
      guard makers(of: operand) != nil else { return false }
      isFresh = true
    }
    return isFresh
  }

  /// Where an object is stored or handed to what may keep it.
  static func publications(
    of object: Operand, _ values: FunctionValues, _ unit: Int, _ privacy: ObjectPrivacy
  ) -> [ProgramPoint] {
    var found: [ProgramPoint] = []
    var isIt: [Operand: Bool] = [:]
    func holds(_ operand: Operand) -> Bool {
      switch operand {
      case .local, .temporary: break
      default: return false
      }
      if let known = isIt[operand] { return known }
      let answer = operand == object || values.sources(of: operand).contains(object)
      isIt[operand] = answer
      return answer
    }
    for (number, block) in values.model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        let isPublished: Bool
        switch instruction.operation {
        case .store(let place, let operand):
          let target = values.place(place)
          // Into memory of the function's own: a variable, or a record that lies in one.
          if case .local = target.base,
            !OwnMemory.isBehindPointer(
              target, end: target.path.count, values.model, privacy.package.units[unit])
          {
            continue
          }
          isPublished = holds(operand)
        case .call(_, let callee, let arguments):
          if arguments.count > 1, local(arguments[0], values) != nil,
            privacy.isHolderConstructor(callee, unit)
          {
            continue
          }
          // An operation that the object itself names works on it.
          if case .indirect(let pointer) = callee,
            let base = OwnMemory.outermost(of: pointer, values), holds(base)
          {
            continue
          }
          isPublished = arguments.enumerated().contains { position, argument in
            holds(argument) && privacy.keeps(callee, argument: position, unit)
          }
        case .atomic(_, _, _, _, let operands), .opaque(_, _, let operands):
          isPublished = operands.contains(where: holds)
        case .load, .modify, .compute, .copy: continue
        }
        if isPublished {
          found.append(
            ProgramPoint(block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index))
        }
      }
    }
    return found
  }

  /// Whether an object that one of these calls made may be published on a way to a point.
  func isPublished(_ makers: [Int32], before point: ProgramPoint) -> Bool {
    let sites = makers.flatMap { published[$0] ?? [] }
    guard !sites.isEmpty else { return false }
    let made = makers.compactMap { places[$0] }
    var seen = Set<Int32>()
    var work: [BlockID] = []
    func pass(_ block: BlockID, from start: Int) -> Bool {
      // Behind the making it is another object.
      let end = made.filter { $0.block == block && $0.instruction >= start }.map(\.instruction)
        .min()
      if point.block == block, point.instruction >= start, point.instruction <= end ?? .max {
        return true
      }
      if end == nil { work += values.model.blocks[Int(block.index)].successors }
      return false
    }
    for site in sites where pass(site.block, from: site.instruction + 1) { return true }
    while let next = work.popLast() {
      if seen.insert(next.index).inserted, pass(next, from: 0) { return true }
    }
    return false
  }
}
