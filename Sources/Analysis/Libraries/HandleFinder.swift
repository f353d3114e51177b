import ProgramModel
import PythonAPI

/// Finds handles of libraries in fields of objects that are used without a lock.
struct HandleFinder {
  let finder: LibraryFinder
  private let records: ObjectRecords
  private var package: PackageModel { finder.package }

  init(finder: LibraryFinder) {
    self.finder = finder
    records = ObjectRecords(finder.package)
  }

  private struct Field: Hashable, Comparable {
    var record: String
    var name: String

    static func < (left: Self, right: Self) -> Bool {
      (left.record, left.name) < (right.record, right.name)
    }
  }

  private struct Key: Hashable {
    var library: Int
    var field: Field
  }

  func find() -> [LibraryUses.Handle] {
    let libraries = PythonFacts.shared.libraries
    let privacy = ObjectPrivacy(package)
    var open: [Key: [LibraryCall]] = [:]
    var locked: [Key: LibraryCall] = [:]
    for (index, edge, name) in finder.libraryCalls where libraries[index].unit == .handle {
      for (field, place) in fields(at: edge, libraries[index].handles, privacy, depth: 0) {
        // What only makes or ends an object has it to itself.
        guard finder.phases.possiblePhases(of: place.caller).contains(.runtime) else { continue }
        let key = Key(library: index, field: field)
        let call = LibraryCall(site: edge.site, name: name)
        if isLocked(edge) || isLocked(place) {
          if locked[key] == nil { locked[key] = call }
        } else {
          open[key, default: []].append(call)
        }
      }
    }
    return open.sorted {
      ($0.key.library, $0.key.field) < ($1.key.library, $1.key.field)
    }.map { key, calls in
      var seen = Set<FunctionID>()
      return LibraryUses.Handle(
        library: libraries[key.library], field: key.field.name, record: key.field.record,
        calls: ordered(calls).filter { seen.insert($0.site.function).inserted },
        locked: locked[key])
    }
  }

  private func ordered(_ calls: [LibraryCall]) -> [LibraryCall] {
    func place(_ call: LibraryCall) -> SourcePosition {
      package.position(of: call.site.range, in: call.site.unit)
        ?? SourcePosition(path: "", line: 0, column: 0)
    }
    return calls.enumerated().sorted {
      (place($0.element), $0.offset) < (place($1.element), $1.offset)
    }.map(\.element)
  }

  private func isLocked(_ edge: CallEdge) -> Bool {
    finder.locks.held(in: edge.caller, block: edge.block, instruction: edge.instruction)
      .contains { $0.isTelling }
  }

  /// The fields that hold the handles which a call is given, with the call of the function that
  /// reads the field.
  private func fields(
    at edge: CallEdge, _ handles: Set<String>, _ privacy: ObjectPrivacy, depth: Int
  ) -> [(Field, CallEdge)] {
    guard let (unit, model) = package.body(of: edge.caller),
      case .call(_, _, let arguments)? = model.operation(edge.block, edge.instruction)
    else { return [] }
    let types = HandleTypes(package, unit, model)
    let point = ProgramPoint(block: edge.block, instruction: edge.instruction)
    var found: [(Field, CallEdge)] = []
    for argument in arguments {
      guard let record = types.record(of: argument), handles.contains(record) else { continue }
      for source in types.sources(of: argument) {
        switch source {
        case .field(let root, let holders, let record, let name):
          // Records that the library lays out are its own affair, and what is no part of an
          // object may well be one thread's own.
          guard !handles.contains(record),
            let holder = holders.last(where: { records.isLayout($0, in: unit) })
          else { continue }
          let record = package.units[unit][holder]
          if let root, privacy.isPrivate(root, at: point, in: edge.caller) { continue }
          found.append((Field(record: record, name: name), edge))
        case .parameter:
          guard depth < 3 else { continue }
          for caller in finder.graph.incoming[Int(edge.caller.index)] {
            let outer = finder.graph.edges[caller]
            guard outer.kind == .direct, finder.phases.isConcurrent(outer.caller),
              !isLocked(outer)
            else { continue }
            found += fields(at: outer, handles, privacy, depth: depth + 1)
          }
        }
      }
    }
    return found
  }
}

/// What the operands of a function have to do with handles.
struct HandleTypes {
  private let names: UnitModel
  private let model: FunctionModel
  private let values: FunctionValues

  init(_ package: PackageModel, _ unit: Int, _ model: FunctionModel) {
    names = package.units[unit]
    self.model = model
    values = FunctionValues(model)
  }

  enum Source {
    /// A field, read through a pointer or whose address is taken; `holders` are the records on
    /// the way to it.
    case field(root: Operand?, holders: [Name], record: String, name: String)
    case parameter
  }

  /// The record that an operand points to; nil where it is none, or not known.
  func record(of operand: Operand) -> String? {
    switch operand {
    case .address(let id):
      let type = names[values.place(id).type]
      return type.kind == .record ? names[type.record] : nil
    case .local(let index): return names.pointedRecord(model.locals[Int(index)].type)
    case .temporary(let number):
      for source in values.sources(of: operand) where source != operand {
        if let found = record(of: source) { return found }
      }
      guard case .load(let place)? = values.definition(of: number) else { return nil }
      return names.pointedRecord(values.place(place).type)
    default: return nil
    }
  }

  /// Where the handle comes from, as far as it is a field or a parameter.
  func sources(of operand: Operand) -> [Source] {
    var found: [Source] = []
    for source in values.sources(of: operand) {
      switch source {
      case .address(let id): add(values.place(id), &found)
      case .local(let index) where index < model.parameterCount:
        found.append(.parameter)
      case .temporary(let number):
        if case .load(let place)? = values.definition(of: number) {
          add(values.place(place), &found)
        }
      default: continue
      }
    }
    return found
  }

  private func add(_ place: Place, _ found: inout [Source]) {
    guard place.path.first == .dereference,
      case .field(let name, let record)? = place.path.last(where: \.isField)
    else { return }
    let holders = place.path.compactMap { step -> Name? in
      if case .field(_, let record) = step { record } else { nil }
    }
    found.append(
      .field(root: place.root, holders: holders, record: names[record], name: names[name]))
  }
}
