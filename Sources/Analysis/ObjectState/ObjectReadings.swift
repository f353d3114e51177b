import ProgramModel
import PythonAPI

/// An object as one function reaches it.
struct ReachedObject {
  /// As locks name it; nil: it has no name.
  var key: LockKey?
  /// The pointer that the way to it begins with; nil for static objects.
  var root: Operand?
  /// Names that the object has on some ways through the function.
  var alternatives: [LockKey] = []
}

/// What one function does with references in fields of objects, and with those given to it.
struct ObjectReading {
  var loads: [ReferenceLoad]
  var events: [ReferenceEvent]
  var objects: [ObjectIdentity: ReachedObject]
  /// Effects on parameters, by number; those that are missing are plain uses or nothing.
  var values: [Int32: ValueEffect]
  var slots: [Int32: SlotEffect]
}

/// Readings of functions, each made when it is first asked for. A class, as it remembers them.
final class ObjectReadings: ReferenceCalls {
  let package: PackageModel
  let records: ObjectRecords
  private let locks: Locks
  private let yields: YieldPoints
  private var known: [FunctionID: ObjectReading] = [:]
  private var depth = 0
  private var inProgress: Set<FunctionID> = []

  /// Helpers of helpers deeper than this are not looked into.
  private static let deepest = 24

  init(
    _ package: PackageModel, _ records: ObjectRecords, _ locks: Locks, _ yields: YieldPoints
  ) {
    self.package = package
    self.yields = yields
    self.records = records
    self.locks = locks
  }

  // MARK: Calls

  func valueEffect(of callee: Callee, argument: Int, in unit: Int) -> ValueEffect {
    guard case .direct(let symbol) = callee, let id = package.function(symbol, in: unit) else {
      return .use
    }
    guard package[id].definition != nil else {
      return ForeignReferences.valueEffect(package[id].name, argument: argument)
    }
    // Python's own inline functions go by what is known of them.
    if ReferenceEffects.takesReference(package[id].name) { return ValueEffect(takes: true) }
    return reading(of: id)?.values[Int32(truncatingIfNeeded: argument)] ?? .use
  }

  func slotEffect(of callee: Callee, argument: Int, in unit: Int) -> SlotEffect {
    guard case .direct(let symbol) = callee, let id = package.function(symbol, in: unit) else {
      return SlotEffect()
    }
    guard package[id].definition != nil else {
      return ForeignReferences.slotEffect(package[id].name, argument: argument)
    }
    return reading(of: id)?.slots[Int32(truncatingIfNeeded: argument)] ?? SlotEffect()
  }

  func runsPython(_ callee: Callee, in unit: Int) -> Bool {
    guard case .direct(let symbol) = callee, let id = package.function(symbol, in: unit) else {
      return false
    }
    return yields.contains(id)
  }

  func isBorrowed(_ operand: Operand, _ values: FunctionValues, _ unit: Int) -> Bool {
    values.sources(of: operand).contains { source in
      switch source {
      case .integer: return false
      case .temporary(let number):
        guard case .call(let block, let instruction)? = values.definition(of: number),
          case .call(_, let callee, _)? = values.operation(
            block: block, instruction: instruction)
        else { return true }
        guard case .direct(let symbol) = callee else { return false }
        let name = package.units[unit].name(of: symbol)
        return PythonFacts.shared.function(name)?.returns == .borrowed
      default: return true
      }
    }
  }

  // MARK: Readings

  /// Whether a function names a reference in a field of an object.
  func touchesFields(_ function: FunctionID) -> Bool {
    guard let (unit, model) = package.body(of: function) else { return false }
    return model.places.contains { place in
      place.path.count > 0
        && records.fields(of: place, in: unit).contains { records[$0.field].isReference }
    }
  }

  /// nil for functions without a body, and for those that are being read.
  func reading(of function: FunctionID) -> ObjectReading? {
    if let known = known[function] { return known }
    guard depth < Self.deepest, let (unit, model) = package.body(of: function),
      inProgress.insert(function).inserted
    else { return nil }
    depth += 1
    defer {
      depth -= 1
      inProgress.remove(function)
    }
    let made = read(function, unit, model)
    known[function] = made
    return made
  }

  private func read(
    _ function: FunctionID, _ unit: Int, _ model: FunctionModel
  ) -> ObjectReading {
    var places = ReferencePlaces(function, unit, model, records, locks)
    places.find()
    let flow = ReferenceFlow(
      model, unit: unit, meanings: places.meanings, pointers: places.pointers,
      parameters: places.valueParameters, calls: self)
    let events = flow.events()
    var reading = ObjectReading(
      loads: flow.loads, events: events, objects: places.objects, values: [:], slots: [:])
    for parameter in places.valueParameters {
      reading.values[parameter] = Self.valueEffect(parameter, flow, events)
    }
    for parameter in places.slotParameters {
      reading.slots[parameter] = slotEffect(parameter, flow, events, in: function)
    }
    return reading
  }

  private static func valueEffect(
    _ parameter: Int32, _ flow: ReferenceFlow, _ events: [ReferenceEvent]
  ) -> ValueEffect {
    var effect = ValueEffect(uses: false)
    func isIt(_ load: Int32) -> Bool { flow.loads[Int(load)].target == .value(parameter) }
    for event in events {
      switch event.kind {
      case .use(let load, _) where isIt(load):
        let block = flow.model.blocks[Int(event.point.block.index)]
        if event.point.instruction == block.instructions.count {
          effect.returns = true
        } else {
          effect.uses = true
        }
      case .take(let load, _) where isIt(load): effect.takes = true
      case .drop(let load) where isIt(load): effect.drops = true
      default: break
      }
    }
    if effect.takes { effect.drops = false }
    return effect
  }

  /// Whether the function itself holds a critical section on something that it was passed: the
  /// owner of what another parameter points to.
  private func holdsOwnSection(_ function: FunctionID, at point: ProgramPoint) -> Bool {
    locks.acquiredLocally(in: function, block: point.block, instruction: point.instruction)
      .contains { lock in
        guard lock.family == .criticalSection, case .parameter = lock.key.base else { return false }
        return true
      }
  }

  private func slotEffect(
    _ parameter: Int32, _ flow: ReferenceFlow, _ events: [ReferenceEvent], in function: FunctionID
  ) -> SlotEffect {
    var effect = SlotEffect()
    var drops = false
    let target = ReferenceTarget.slot(parameter)
    func isIt(_ load: Int32) -> Bool { flow.loads[Int(load)].target == target }
    for event in events {
      switch event.kind {
      case .use(let load, _) where isIt(load): effect.uses = true
      case .take(let load, _) where isIt(load):
        if !holdsOwnSection(function, at: event.point) { effect.uses = true }
      case .drop(let load) where isIt(load): drops = true
      case .handOver(let load) where isIt(load): drops = true
      case .follow(target): effect.uses = true
      case .store(target): effect.stores = true
      case .replace(target): effect.replaces = true
      case .exchange(target): effect.exchanges = true
      default: break
      }
    }
    if effect.stores, drops { effect.replaces = true }
    return effect
  }
}

/// The places of one function that are references in fields of objects.
struct ReferencePlaces {
  private(set) var meanings: [PlaceID: ReferenceFlow.Meaning] = [:]
  private(set) var pointers: [Operand: ReferenceTarget] = [:]
  private(set) var objects: [ObjectIdentity: ReachedObject] = [:]
  private(set) var valueParameters: [Int32] = []
  private(set) var slotParameters: [Int32] = []
  private let function: FunctionID
  private let unit: Int
  private let model: FunctionModel
  private let records: ObjectRecords
  private let locks: Locks
  private var values: FunctionValues?

  init(
    _ function: FunctionID, _ unit: Int, _ model: FunctionModel, _ records: ObjectRecords,
    _ locks: Locks
  ) {
    self.function = function
    self.unit = unit
    self.model = model
    self.records = records
    self.locks = locks
  }

  mutating func find() {
    let types = records.package.units[unit]
    for index in 0..<Int(model.parameterCount) where index < model.locals.count {
      let number = Int32(truncatingIfNeeded: index)
      let type = model.locals[index].type
      if records.isReference(type, in: unit) {
        valueParameters.append(number)
      } else if types[type].kind == .pointer, let pointee = types[type].element,
        records.isReference(pointee, in: unit)
      {
        slotParameters.append(number)
        pointers[.local(number)] = .slot(number)
      }
    }
    for (index, place) in model.places.enumerated() where !place.path.isEmpty {
      let id = PlaceID(Int32(truncatingIfNeeded: index))
      var meaning = ReferenceFlow.Meaning()
      for found in records.fields(of: place, in: unit) where records[found.field].isReference {
        guard let identity = object(of: place, end: found.objectEnd) else { continue }
        let target = ReferenceTarget.field(found.field, identity)
        if found.end == place.path.count {
          meaning.target = target
        } else {
          meaning.followed.append(target)
        }
      }
      if meaning.target != nil || !meaning.followed.isEmpty { meanings[id] = meaning }
    }
    findPointers()
  }

  /// Local variables that point to one field, and what is reached through them.
  private mutating func findPointers() {
    let candidates = model.places.enumerated().filter { entry in
      entry.element.path == [.dereference] && records.isReference(entry.element.type, in: unit)
    }
    let hasTargets = meanings.values.contains { $0.target != nil }
    if hasTargets, !model.locals.isEmpty {
      let values = self.values ?? FunctionValues(model)
      self.values = values
      let types = records.package.units[unit]
      for (index, local) in model.locals.enumerated() {
        let operand = Operand.local(Int32(truncatingIfNeeded: index))
        guard types[local.type].kind == .pointer, let pointee = types[local.type].element,
          records.isReference(pointee, in: unit)
        else { continue }
        var targets = Set<ReferenceTarget>()
        for source in values.sources(of: operand) {
          if case .address(let place) = source, let target = meanings[place]?.target {
            targets.insert(target)
          }
        }
        if targets.count == 1, let only = targets.first { pointers[operand] = only }
      }
    }
    for (index, place) in candidates {
      guard case .local(let local) = place.base, let target = pointers[.local(local)] else {
        continue
      }
      meanings[PlaceID(Int32(truncatingIfNeeded: index)), default: .init()].target = target
    }
  }

  /// What else a local pointer without a name of its own can point to.
  private mutating func alternatives(_ key: LockKey?, _ root: Operand?) -> [LockKey] {
    guard let root, let key, case .local = key.base, key.path == ["->"] else { return [] }
    let values = self.values ?? FunctionValues(model)
    self.values = values
    var found: [LockKey] = []
    for source in values.sources(of: root) where source != root {
      if let other = locks.object(source, in: function), other != key, !found.contains(other) {
        found.append(other)
      }
    }
    return found
  }

  /// The object that the first steps of a place lead to; nil for one of the function's own.
  private mutating func object(of place: Place, end: Int) -> ObjectIdentity? {
    let isBehindPointer = place.path[..<end].contains(.dereference)
    var root: Operand?
    switch place.base {
    case .local(let index): root = .local(index)
    case .temporary(let number): root = .temporary(number)
    case .variable: root = nil
    case .unnamed: return nil
    }
    if root != nil, !isBehindPointer { return nil }
    let key = ObjectKeys.key(of: place, end: end, in: function, unit, records.package, locks)
    let identity = key.map { ObjectIdentity.key($0) } ?? .way(place.base, Array(place.path[..<end]))
    if objects[identity] == nil {
      objects[identity] = ReachedObject(
        key: key, root: root, alternatives: alternatives(key, root))
    }
    return identity
  }
}

/// Names of objects as locks use them.
enum ObjectKeys {
  /// The object that the first steps of a place lead to; nil: it has no name.
  static func key(
    of place: Place, end: Int, in function: FunctionID, _ unit: Int, _ package: PackageModel,
    _ locks: Locks
  ) -> LockKey? {
    let steps = place.path[..<end]
    var key: LockKey
    switch place.base {
    case .variable(let symbol):
      guard let id = package.variable(symbol, in: unit) else { return nil }
      key = LockKey(base: .variable(id))
      return append(steps, to: key, unit, package, locks)
    case .local(let index):
      guard steps.first == .dereference,
        let object = locks.object(.local(index), in: function)
      else { return nil }
      key = object
    case .temporary(let number):
      guard steps.first == .dereference,
        let object = locks.object(.temporary(number), in: function)
      else { return nil }
      key = object
    case .unnamed: return nil
    }
    return append(steps.dropFirst(), to: key, unit, package, locks)
  }

  private static func append(
    _ steps: ArraySlice<Place.Step>, to object: LockKey, _ unit: Int, _ package: PackageModel,
    _ locks: Locks
  ) -> LockKey? {
    var key = object
    let names = package.units[unit]
    for step in steps {
      switch step {
      case .dereference: key = key.dereferenced()
      case .index: key = key.element()
      case .field(let name, let record):
        let owner = names[record]
        key = key.field(
          names[name], of: owner, isState: locks.stateRecords.names.contains(owner))
      }
    }
    return key.base == .unknown ? nil : key
  }
}
