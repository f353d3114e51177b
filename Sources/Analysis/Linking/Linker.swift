package import ProgramModel

/// Joins the units of a package: one entity for each function and variable, wherever it is named.
package struct Linker {
  /// Where a definition stands: two definitions of one key at one place are one text that two
  /// units include, at two places they are alternatives.
  private struct Place: Hashable {
    var path: String
    var offset: UInt32
  }

  private var package: PackageModel
  private var functionsByPlace: [String: [Place: FunctionID]] = [:]
  private var functionsByKey: [String: [FunctionID]] = [:]
  private var variablesByPlace: [String: [Place: VariableID]] = [:]
  private var variablesByKey: [String: [VariableID]] = [:]
  /// Per unit, what its symbols with a definition there stand for.
  private var own: [[Int32: Entity]] = []

  /// The linked package. `files` may be in any order.
  package static func link(
    units: [UnitModel], files: [SourceFileFacts] = [], buildFacts: [BuildFact] = [],
    target: InterpreterVersion = InterpreterVersion(3, 14)
  ) -> PackageModel {
    var linker = Linker(
      package: PackageModel(
        target: target, units: units.sorted { $0.path < $1.path },
        files: files.sorted { $0.path < $1.path },
        buildFacts: buildFacts.sorted { $0.position < $1.position }))
    linker.define()
    linker.refer()
    linker.attachAlternatives()
    linker.attachRecords()
    AccessCollector.collect(into: &linker.package)
    return linker.package
  }

  private init(package: PackageModel) { self.package = package }

  // MARK: Definitions

  private mutating func define() {
    for unit in package.units.indices {
      own.append([:])
      for index in package.units[unit].functions.indices {
        define(function: index, in: unit)
      }
      define(variablesOf: unit)
    }
  }

  private func place(of range: SourceRange, in unit: UnitModel) -> Place {
    let file = Int(range.file)
    let path = file >= 0 && file < unit.files.count ? unit.files[file].path : unit.path
    return Place(path: path, offset: range.start)
  }

  private mutating func define(function index: Int, in unit: Int) {
    let model = package.units[unit]
    let function = model.functions[index]
    let symbol = model[function.symbol]
    let key = model[symbol.key]
    let place = place(of: function.nameRange, in: model)
    let reference = FunctionReference(unit: unit, index: index)
    if let known = functionsByPlace[key]?[place] {
      package.functions[Int(known.index)].duplicates.append(reference)
      own[unit][function.symbol.index] = .function(known)
      return
    }
    let id = FunctionID(package.functions.count)
    package.functions.append(
      LinkedFunction(
        key: key, name: model[symbol.name], qualifiedName: model[symbol.qualifiedName],
        linkage: function.linkage, isVirtual: symbol.isVirtual, isForeign: false,
        definition: reference, position: model.position(of: function.nameRange),
        isInHeader: place.path != model.path))
    functionsByPlace[key, default: [:]][place] = id
    functionsByKey[key, default: []].append(id)
    // Of two bodies under one symbol the first stands for it in this unit.
    if own[unit][function.symbol.index] == nil { own[unit][function.symbol.index] = .function(id) }
  }

  private mutating func define(variablesOf unit: Int) {
    let model = package.units[unit]
    var declarations: [Int32: [Int]] = [:]
    for (index, variable) in model.variables.enumerated() where variable.isDefinition {
      declarations[variable.symbol.index, default: []].append(index)
    }
    for (index, variable) in model.variables.enumerated() where variable.isDefinition {
      // C allows tentative definitions before the one with the initialiser.
      let all = declarations[variable.symbol.index] ?? []
      let chosen = all.last { model.variables[$0].initializer != nil } ?? all.last
      guard chosen == index else { continue }
      let symbol = model[variable.symbol]
      let key = model[symbol.key]
      let place = place(of: variable.nameRange, in: model)
      let reference = VariableReference(unit: unit, index: index)
      if let known = variablesByPlace[key]?[place] {
        own[unit][variable.symbol.index] = .variable(known)
        continue
      }
      let id = VariableID(package.variables.count)
      package.variables.append(
        LinkedVariable(
          key: key, name: model[symbol.name], qualifiedName: model[symbol.qualifiedName],
          linkage: symbol.linkage, isForeign: false, definition: reference,
          position: model.position(of: variable.nameRange)))
      variablesByPlace[key, default: [:]][place] = id
      variablesByKey[key, default: []].append(id)
      own[unit][variable.symbol.index] = .variable(id)
    }
  }

  // MARK: References

  private mutating func refer() {
    for unit in package.units.indices {
      let model = package.units[unit]
      var entities: [Entity] = []
      entities.reserveCapacity(model.symbols.count)
      for (index, symbol) in model.symbols.enumerated() {
        if let known = own[unit][Int32(truncatingIfNeeded: index)] {
          entities.append(known)
        } else if symbol.kind == .function {
          entities.append(.function(function(for: symbol, in: model)))
        } else {
          entities.append(.variable(variable(for: symbol, in: model)))
        }
      }
      package.entities.append(entities)
    }
    for unit in package.units.indices {
      for (index, variable) in package.units[unit].variables.enumerated() {
        guard let id = package.variable(variable.symbol, in: unit) else { continue }
        let slot = Int(id.index)
        package.variables[slot].declarations.append(VariableReference(unit: unit, index: index))
        if package.variables[slot].position == nil {
          package.variables[slot].position = package.units[unit].position(of: variable.nameRange)
        }
        if let function = variable.function {
          package.variables[slot].function = package.function(function, in: unit)
        }
      }
    }
  }

  private mutating func function(for symbol: Symbol, in unit: UnitModel) -> FunctionID {
    let key = unit[symbol.key]
    if let known = functionsByKey[key], let first = known.first {
      return known.count == 1
        ? first
        : known.max {
          closeness(package[$0].position, unit) < closeness(package[$1].position, unit)
        }
          ?? first
    }
    let id = FunctionID(package.functions.count)
    package.functions.append(
      LinkedFunction(
        key: key, name: unit[symbol.name], qualifiedName: unit[symbol.qualifiedName],
        linkage: symbol.linkage, isVirtual: symbol.isVirtual, isForeign: symbol.isForeign,
        writableArguments: symbol.writableArguments))
    functionsByKey[key] = [id]
    return id
  }

  private mutating func variable(for symbol: Symbol, in unit: UnitModel) -> VariableID {
    let key = unit[symbol.key]
    if let known = variablesByKey[key], let first = known.first {
      return known.count == 1
        ? first
        : known.max {
          closeness(package[$0].position, unit) < closeness(package[$1].position, unit)
        }
          ?? first
    }
    let id = VariableID(package.variables.count)
    package.variables.append(
      LinkedVariable(
        key: key, name: unit[symbol.name], qualifiedName: unit[symbol.qualifiedName],
        linkage: symbol.linkage, isForeign: symbol.isForeign))
    variablesByKey[key] = [id]
    return id
  }

  /// How many leading path components two files share: of several definitions under one key the
  /// nearest is the likeliest to be linked.
  private func closeness(_ position: SourcePosition?, _ unit: UnitModel) -> Int {
    guard let position else { return -1 }
    return zip(position.path.split(separator: "/"), unit.path.split(separator: "/"))
      .prefix { $0 == $1 }.count
  }

  private mutating func attachAlternatives() {
    for ids in functionsByKey.values where ids.count > 1 {
      for id in ids {
        package.functions[Int(id.index)].alternatives = ids.filter { $0 != id }
      }
    }
    for ids in variablesByKey.values where ids.count > 1 {
      for id in ids {
        package.variables[Int(id.index)].alternatives = ids.filter { $0 != id }
      }
    }
  }

  private mutating func attachRecords() {
    for (unit, model) in package.units.enumerated() {
      for (index, record) in model.records.enumerated() {
        let name = model[record.name]
        if package.records[name] == nil {
          package.records[name] = RecordReference(unit: unit, index: index)
        }
      }
    }
  }
}
