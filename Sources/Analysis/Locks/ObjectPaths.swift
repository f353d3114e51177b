import ProgramModel

/// Names the objects that the pointers of one function point to.
struct ObjectPaths {
  let context: LockContext
  let function: FunctionID
  let unit: Int
  let model: FunctionModel
  /// What pointers in fields of local objects, and of `this` in constructors, point to.
  var aliases: [LockKey: LockKey] = [:]
  private let origins: ValueOrigins
  private let depth: Int

  /// The function must have a body; without one nothing is known of it.
  init(_ context: LockContext, _ function: FunctionID, depth: Int = 0) {
    self.context = context
    self.function = function
    self.depth = depth
    let body = context.package.body(of: function)
    unit = body?.unit ?? 0
    model =
      body?.model
      ?? FunctionModel(
        symbol: SymbolID(0), kind: .function, linkage: .external, range: .none, nameRange: .none)
    origins = ValueOrigins(model)
  }

  /// The object that a pointer points to.
  func pointee(_ operand: Operand, _ level: Int = 0) -> LockKey {
    guard level < 8 else { return .unknown }
    switch operand {
    case .address(let place): return location(model.places[Int(place.index)], level + 1)
    case .local(let index): return pointee(ofLocal: index, level)
    case .temporary: return common(origins.origins(of: operand), level) ?? .unknown
    case .integer, .floating, .string, .function, .unknown: return .unknown
    }
  }

  private func pointee(ofLocal index: Int32, _ level: Int) -> LockKey {
    let found = origins.origins(of: .local(index))
    // A parameter to which nothing is assigned; that somebody else does so is not to be feared.
    if found.subtracting([.unknown]) == [.parameter(Int(index))] {
      if index == 0, context.moduleFunctions.contains(function) {
        return LockKey(base: .moduleObject)
      }
      return LockKey(base: .parameter(Int(index)), path: ["->"])
    }
    if let key = common(found, level), key != .unknown { return key }
    return LockKey(base: .local(index), path: ["->"])
  }

  /// The one object that all origins name; NULL and its like do not count. nil: several.
  private func common(_ found: Set<ValueOrigins.Origin>, _ level: Int) -> LockKey? {
    var key: LockKey?
    for origin in found {
      let next: LockKey
      switch origin {
      case .integer: continue
      case .address(let place): next = location(model.places[Int(place.index)], level + 1)
      case .parameter(let index):
        // Beside other origins the parameter was given another value.
        if found.count == 1 {
          next = pointee(ofLocal: Int32(truncatingIfNeeded: index), level + 1)
        } else {
          next = LockKey(base: .parameter(index), path: ["->"])
        }
      case .load(let place):
        next = resolved(location(model.places[Int(place.index)], level + 1).dereferenced())
      case .call(let index): next = result(of: origins.calls[index], level + 1)
      case .function, .string, .unknown: return nil
      }
      if let key, key != next { return nil }
      key = next
    }
    return key
  }

  private func result(of call: ValueOrigins.Call, _ level: Int) -> LockKey {
    guard level < 8, case .direct(let symbol) = call.callee,
      let callee = context.package.function(symbol, in: unit)
    else { return .unknown }
    switch context.operation(of: callee) {
    case .moduleState: return LockKey(base: .moduleState(record: ""))
    case .sameObject: return call.arguments.first.map { pointee($0, level + 1) } ?? .unknown
    case .held:
      return call.arguments.first.map { pointee($0, level + 1).dereferenced() } ?? .unknown
    default: break
    }
    let returned = context.returnedObject(of: callee, depth: depth)
    return translate(returned, arguments: call.arguments, level + 1) ?? .unknown
  }

  /// The object at a place.
  func location(_ place: Place, _ level: Int = 0) -> LockKey {
    guard level < 8 else { return .unknown }
    var key: LockKey
    var path = place.path[...]
    switch place.base {
    case .local(let index):
      if path.first == .dereference {
        key = pointee(ofLocal: index, level + 1)
        path.removeFirst()
      } else {
        key = LockKey(base: .local(index))
      }
    case .variable(let symbol):
      guard let id = context.package.variable(symbol, in: unit) else { return .unknown }
      key = LockKey(base: .variable(id))
    case .temporary(let number):
      key = pointee(.temporary(number), level + 1)
      if path.first == .dereference { path.removeFirst() }
    case .unnamed: key = .unknown
    }
    let names = context.package.units[unit]
    for step in path {
      switch step {
      case .dereference: key = resolved(key.dereferenced())
      case .index: key = key.element()
      case .field(let name, let record):
        let owner = names[record]
        key = key.field(names[name], of: owner, isState: context.stateRecords.names.contains(owner))
      }
    }
    return key
  }

  /// The key with what is known of pointers in local objects put in.
  func resolved(_ key: LockKey) -> LockKey {
    guard !aliases.isEmpty else { return key }
    var key = key
    for _ in 0..<4 {
      var found = false
      for end in key.path.indices.dropFirst() where key.path[end] == "->" {
        let pointer = LockKey(base: key.base, path: Array(key.path[..<end]))
        if let target = aliases[pointer] {
          let rest = key.path[(end + 1)...]
          key = ObjectPaths.plain(rest, behind: target, owner: key.owner)
          found = true
          break
        }
      }
      if !found { break }
    }
    return key
  }

  private static func plain(
    _ rest: ArraySlice<String>, behind object: LockKey, owner: String
  ) -> LockKey {
    var key = object
    key.path += rest
    if !rest.isEmpty { key.owner = owner }
    return key
  }

  /// A key of a callee in the terms of this function; nil: it cannot be said here.
  func translate(_ key: LockKey, arguments: [Operand], _ level: Int = 0) -> LockKey? {
    switch key.base {
    case .variable, .moduleState, .moduleObject, .world, .field, .unknown: return key
    case .local: return nil
    case .parameter(let index):
      guard key.path.first == "->", index < arguments.count else { return nil }
      return appending(key.path.dropFirst(), to: pointee(arguments[index], level), owner: key.owner)
    }
  }

  /// The rest of a callee's path put behind an object of this function. `owner` is the record of
  /// the first field behind the last dereference.
  private func appending(_ rest: ArraySlice<String>, to object: LockKey, owner: String) -> LockKey {
    let last = rest.lastIndex(of: "->") ?? rest.startIndex - 1
    var key = object
    for index in rest.indices {
      switch rest[index] {
      case "->": key = resolved(key.dereferenced())
      case "[]": key = key.element()
      default:
        let record = index > last ? owner : ""
        let isState = index == last + 1 && context.stateRecords.names.contains(record)
        key = key.field(rest[index], of: record, isState: isState)
      }
    }
    return key
  }

  /// The names by which a callee can know a lock of this function.
  func names(of key: LockKey, inCalleeWith objects: [LockKey]) -> [LockKey] {
    var found: [LockKey] = []
    switch key.base {
    case .variable, .moduleState, .moduleObject, .world, .field, .unknown: found.append(key)
    case .parameter, .local: break
    }
    guard key.base != .unknown else { return found }
    for (index, object) in objects.enumerated()
    where object.base == key.base && object.base != .unknown && key.path.starts(with: object.path) {
      if case .field = object.base { continue }
      var name = LockKey(
        base: .parameter(index), path: ["->"] + key.path.dropFirst(object.path.count))
      name.owner = key.owner
      found.append(name)
    }
    return found
  }

  /// The functions that an operand can be, or a local object that holds one.
  func functions(_ operand: Operand) -> [FunctionID] {
    var operand = operand
    if case .address(let id) = operand {
      let place = model.places[Int(id.index)]
      if case .local(let local) = place.base, place.path.isEmpty { operand = .local(local) }
    }
    return origins.origins(of: operand).compactMap { origin in
      guard case .function(let symbol) = origin else { return nil }
      return context.package.function(symbol, in: unit)
    }.sorted()
  }

  /// Where the value that an operand holds was read: a place in memory, or the local variable
  /// itself. nil: it is not simply read.
  func source(of operand: Operand) -> LockKey? {
    switch operand {
    case .local(let index):
      let found = origins.origins(of: operand)
      if found.count == 1, case .load(let place) = found.first {
        return location(model.places[Int(place.index)])
      }
      return LockKey(base: .local(index))
    case .temporary:
      let found = origins.origins(of: operand)
      guard found.count == 1, case .load(let place) = found.first else { return nil }
      return location(model.places[Int(place.index)])
    default: return nil
    }
  }

  /// What the pointer that the function returns points to.
  func returnedObject() -> LockKey {
    common(origins.returned, 0) ?? .unknown
  }
}
