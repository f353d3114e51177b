import ProgramModel

/// Finds the extension modules of a package and what each declares about the GIL.
struct ModuleFinder {
  let package: PackageModel
  let objects: PythonObjects
  let calls: ModuleCalls
  let text: TextDeclarations

  init(_ package: PackageModel, _ objects: PythonObjects, _ graph: CallGraph) {
    self.package = package
    self.objects = objects
    calls = ModuleCalls(package, graph)
    text = TextDeclarations(package, objects, calls)
  }

  /// All modules, sorted by name and place.
  func find() -> [PythonModule] {
    let frameworks = FrameworkModules(package: package)
    var modules = frameworks.fromMacros()
    modules += fromHooks(besides: modules)
    modules += fromText(besides: modules)
    modules += frameworks.fromBuild(besides: modules)
    for index in modules.indices {
      modules[index].evidence.sort {
        ($0.kind.rawValue, $0.position) < ($1.kind.rawValue, $1.position)
      }
    }
    return modules.sorted { ($0.name, $0.position) < ($1.name, $1.position) }
  }

  // MARK: Hooks

  private func fromHooks(besides macros: [PythonModule]) -> [PythonModule] {
    var modules: [PythonModule] = []
    var exports: [(name: String, id: FunctionID)] = []
    for id in package.functionIDs {
      guard package[id].definition != nil, let position = package[id].position else { continue }
      if let name = ModuleNames.module(of: package[id].name, ModuleNames.exportPrefixes) {
        exports.append((name, id))
      } else if let name = ModuleNames.module(
        of: package[id].name, ModuleNames.initialisationPrefixes),
        // A framework's macro defines the hook where it stands.
        !macros.contains(where: { Self.defines($0, hook: name, at: position) })
      {
        modules.append(judgeInit(name, id, position))
      }
    }
    for (name, id) in exports {
      guard let position = package[id].position else { continue }
      let export = judgeExport(name, id, position)
      let unit = package.unitPath(of: id)
      let pair =
        modules.firstIndex {
          $0.name == name && $0.initFunction.flatMap { package.unitPath(of: $0) } == unit
        } ?? modules.firstIndex { $0.name == name && $0.exportFunction == nil }
      if let pair {
        join(export, into: &modules[pair])
      } else {
        modules.append(export)
      }
    }
    return modules
  }

  /// Hooks that the text defines but the parser lost: a module that nothing is known of is still
  /// a module.
  private func fromText(besides known: [PythonModule]) -> [PythonModule] {
    let compiled = Set(package.units.map(\.path))
    let named = Set(package.functionIDs.lazy.map { package[$0].name })
    var modules: [PythonModule] = []
    for file in package.files where compiled.contains(file.path) {
      for mention in file.mentions where mention.activity == .active && !mention.isInDefine {
        guard let name = ModuleNames.module(of: mention.name, ModuleNames.initialisationPrefixes),
          mention.rest.hasPrefix("("), !mention.rest.contains(";"),
          !named.contains(mention.name),
          !(known + modules).contains(where: {
            $0.name == name && $0.position.path == file.path
          })
        else { continue }
        var module = PythonModule(name: name, position: mention.position)
        module.isCertain = false
        module.why = "The initialisation function was not understood."
        module.evidence = [
          ModuleEvidence(
            kind: .initialisation, position: mention.position, symbol: mention.name)
        ]
        modules.append(module)
      }
    }
    return modules
  }

  private static func defines(
    _ module: PythonModule, hook name: String, at position: SourcePosition
  ) -> Bool {
    module.position.path == position.path
      && (module.name == name || module.position.line == position.line)
  }

  /// Python before 3.15 calls `PyInit_…` only, later ones the export hook where there is one.
  private func join(_ export: PythonModule, into module: inout PythonModule) {
    let isExportUsed = package.target >= InterpreterVersion(3, 15)
    if isExportUsed {
      let first = module
      module.initialisation = .exportSlots
      module.declaration = export.declaration
      module.why = export.why
      module.isCertain = export.isCertain
      module.slotFunctions = export.slotFunctions
      module.evidence = export.evidence + first.evidence
      module.otherDeclaration = first.declaration
    } else {
      module.otherDeclaration = export.declaration
      module.evidence += export.evidence
    }
    module.exportFunction = export.exportFunction
  }

  func evidence(_ kind: ModuleEvidence.Kind, of function: FunctionID) -> ModuleEvidence? {
    package[function].position.map {
      ModuleEvidence(kind: kind, position: $0, symbol: package[function].name)
    }
  }

  func evidence(_ kind: ModuleEvidence.Kind, of variable: VariableID) -> ModuleEvidence? {
    package[variable].position.map {
      ModuleEvidence(kind: kind, position: $0, symbol: package[variable].name)
    }
  }

  func evidence(_ kind: ModuleEvidence.Kind, at edge: CallEdge) -> ModuleEvidence? {
    package.position(of: edge.range, in: edge.unit).map {
      ModuleEvidence(
        kind: kind, position: $0, function: package[edge.caller].name,
        symbol: package[edge.callee].name)
    }
  }

  func evidence(of slot: PythonSlot) -> ModuleEvidence? {
    package.position(of: slot.range, in: slot.unit).map {
      ModuleEvidence(kind: .slot, position: $0, symbol: slot.name ?? slot.macro)
    }
  }

  // MARK: PyInit

  private func judgeInit(_ name: String, _ hook: FunctionID, _ position: SourcePosition)
    -> PythonModule
  {
    var module = PythonModule(name: name, position: position)
    module.initFunction = hook
    module.evidence += [evidence(.initialisation, of: hook)].compactMap(\.self)
    var reach = calls.reach(from: [hook])
    var creations = calls.creations(in: reach)
    if creations.isEmpty {
      // A hook may only pass on what another hook returns.
      reach = calls.reach(from: [hook], throughHooks: true)
      creations = calls.creations(in: reach)
    }
    if creations.isEmpty {
      // The steps may stand in a table.
      reach = calls.reach(from: [hook], throughTables: true)
      creations = calls.creations(in: reach)
    }
    let returned = calls.returned(by: hook, of: creations)
    if returned.isEmpty, creations.count > 1 { module.isCertain = false }
    let made = returned.isEmpty ? creations : returned
    let generator = generator(of: hook, made, reach)
    judge(&module, made, reach)
    if let generator { adopt(generator, &module) }
    return module
  }

  /// Judges by how the module is made: by a definition handed back, or by a finished module.
  private func judge(
    _ module: inout PythonModule, _ made: [CallEdge],
    _ reach: Set<FunctionID>
  ) {
    let multiPhase = made.filter { ModuleAPI.multiPhase.contains(package[$0.callee].name) }
    let chosen = multiPhase.isEmpty ? made : multiPhase
    module.evidence += chosen.compactMap { evidence(.creation, at: $0) }
    var definitions = chosen.reduce(into: Set<VariableID>()) {
      $0.formUnion(calls.variables(ofArgument: 0, of: $1, in: reach))
    }.filter { objects.definitions[$0] != nil }
    if definitions.isEmpty { definitions = touchedDefinitions(reach) }
    if definitions.count > 1 { module.isCertain = false }
    let definition = definitions.min().flatMap { objects.definitions[$0] }
    if let definition {
      module.definition = definition.variable
      module.evidence += [evidence(.definition, of: definition.variable)].compactMap(\.self)
      if let slots = definition.slots?.variable {
        module.evidence += [evidence(.slots, of: slots)].compactMap(\.self)
      }
    }
    if chosen.isEmpty {
      guard let definition else {
        module.isCertain = false
        module.why = "What the initialisation function returns was not found out."
        judgeUnknown(&module, reach)
        return
      }
      module.isCertain = false
      if definition.slots != nil || definition.hasUnknownSlots {
        judgeMultiPhase(&module, definition, reach)
      } else {
        judgeSinglePhase(&module, definition, [], reach)
      }
    } else if multiPhase.isEmpty {
      judgeSinglePhase(&module, definition, chosen, reach)
    } else {
      judgeMultiPhase(&module, definition, reach)
    }
  }

  /// Definitions whose address some function of the hook takes.
  private func touchedDefinitions(_ reach: Set<FunctionID>) -> Set<VariableID> {
    Set(
      objects.definitions.keys.filter { id in
        package.accesses(of: id).contains { reach.contains($0.function) }
      })
  }

  private func judgeUnknown(_ module: inout PythonModule, _ reach: Set<FunctionID>) {
    let declaring = calls.declarations(in: reach)
    if !declaring.isEmpty { judgeCalls(declaring, [], reach, &module) }
  }

  // MARK: Generators

  private func generator(
    of hook: FunctionID, _ made: [CallEdge], _ reach: Set<FunctionID>
  ) -> Framework? {
    if let path = package[hook].position?.path, let mark = package.facts(ofFile: path)?.generator {
      return FrameworkNames.framework(of: mark)
    }
    for edge in made {
      for variable in calls.variables(ofArgument: 0, of: edge, in: reach).sorted() {
        let name = package[variable].name
        if let found = FrameworkNames.variablePrefixes.first(where: { name.hasPrefix($0.0) }) {
          return found.1
        }
      }
    }
    return nil
  }

  /// What a generator writes by itself is nobody's decision: its default counts as missing.
  private func adopt(_ framework: Framework, _ module: inout PythonModule) {
    let isMade = module.initialisation != .unknown
    module.initialisation = .framework(framework)
    if framework == .cffi, !isMade {
      // The module is made by cffi's own extension module, which declares for it since 2.0.
      module.declaration = .notUsed
      module.isCertain = true
      module.why = "cffi 2.0 and newer declare it when they make the module."
      return
    }
    switch module.declaration {
    case .used:
      module.declaration = .missing
      module.why = "\(framework.title) wrote its default, which is that the module needs the GIL."
    case .missing:
      module.why = "The code that \(framework.title) generated declares nothing."
    case .ineffective where module.first(.mention) != nil:
      // The condition is the generator's own switch, and it is off.
      module.declaration = .missing
      module.isCertain = true
      module.evidence.removeAll { $0.kind == .mention }
      module.why = "The code that \(framework.title) generated declares nothing."
    case .notUsed, .ineffective, .unknown:
      break
    }
  }
}
