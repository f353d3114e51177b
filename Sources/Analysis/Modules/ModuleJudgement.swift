import ProgramModel

/// What slots, calls and text declare.
extension ModuleFinder {
  // MARK: Multi-phase

  func judgeMultiPhase(
    _ module: inout PythonModule, _ definition: ModuleDefinition?, _ hookReach: Set<FunctionID>
  ) {
    module.initialisation = .multiPhase
    guard let definition else {
      judgeWithoutDefinition(&module, hookReach)
      return
    }
    let array = definition.slots
    if let array {
      module.slotFunctions =
        objects.functions(inSlot: "Py_mod_create", of: array)
        + objects.functions(inSlot: "Py_mod_exec", of: array)
    }
    let isOpen = definition.hasUnknownSlots || array?.isIncomplete == true
    judgeSlots(array, &module)
    guard module.declaration == .missing else { return }
    let reach = hookReach.union(calls.reach(from: module.slotFunctions + unnamedFunctions(array)))
    if let call = calls.declarations(in: reach).first {
      module.declaration = .ineffective
      module.evidence += calls.declarations(in: reach).compactMap { evidence(.call, at: $0) }
      module.why =
        hookReach.contains(call.caller)
        ? "'\(ModuleAPI.setGIL)' is called where the module does not exist yet; "
          + "multi-phase initialisation reads the slot '\(ModuleAPI.gilSlot)' only."
        : "'\(ModuleAPI.setGIL)' is called in an exec or create function, after Python read the "
          + "slots; multi-phase initialisation reads the slot '\(ModuleAPI.gilSlot)' only."
    } else if isOpen {
      module.declaration = .unknown
      module.why = "The array of slots was not understood as a whole."
    } else {
      judgeText(&module, reach)
    }
  }

  /// Lambdas of the units whose slots hold something that is no function's name.
  private func unnamedFunctions(_ array: SlotArray?) -> [FunctionID] {
    let units = Set(
      (array?.slots ?? []).filter {
        ($0.name == "Py_mod_exec" || $0.name == "Py_mod_create") && $0.value.function == nil
      }.map(\.unit))
    guard !units.isEmpty else { return [] }
    return package.functionIDs.filter { id in
      guard let (unit, body) = package.body(of: id) else { return false }
      return body.kind == .lambda && units.contains(unit)
    }
  }

  private func judgeWithoutDefinition(_ module: inout PythonModule, _ reach: Set<FunctionID>) {
    module.isCertain = false
    module.declaration = .missing
    module.why = "No declaration was found; the module's definition was not found either."
    judgeText(&module, reach)
    // Text that may be compiled may well be in the definition that was not found.
    if module.declaration == .ineffective { module.declaration = .unknown }
  }

  /// The number of the GIL slot in arrays of `PyModuleDef_Slot`, before there was `PySlot`.
  private static let oldNumber: Int64 = 4

  /// Reads the GIL slot of an array; `missing` without one.
  func judgeSlots(_ array: SlotArray?, _ module: inout PythonModule) {
    module.declaration = .missing
    let entries = array?.slots.filter { $0.name == ModuleAPI.gilSlot } ?? []
    let unread = array?.unread.filter { $0.name == ModuleAPI.gilSlot } ?? []
    // Of two the second is the one too many.
    let shown = entries.count > 1 ? Array(entries.dropFirst()) : entries
    module.evidence += (shown + unread).compactMap { evidence(of: $0) }
    // The old number stays valid in these arrays; the new one only the newest versions know.
    let foreign = entries.first { $0.macro.isEmpty && $0.id != Self.oldNumber }
    if let foreign, array?.kind == .module {
      module.declaration = .ineffective
      module.why =
        "The slot is given by the bare number \(foreign.id ?? 0), which is "
        + "'\(ModuleAPI.gilSlot)' in some versions only."
    } else if entries.count > 1, array?.kind == .module {
      module.declaration = .ineffective
      module.why =
        "There are \(entries.count) '\(ModuleAPI.gilSlot)' slots; Python refuses the module."
    } else if let entry = entries.last {
      switch entry.value.integer {
      case 0?:
        module.declaration = .used
        module.why = "The slot '\(ModuleAPI.gilSlot)' says that the module needs the GIL."
      case 1?:
        module.declaration = .notUsed
        module.why = "The slot '\(ModuleAPI.gilSlot)' says that the module does not need the GIL."
      default:
        module.declaration = .unknown
        module.why = "The value of the slot '\(ModuleAPI.gilSlot)' was not found out."
      }
    } else if array?.kind == .unified,
      let old = array?.slots.first(where: { $0.name == nil && $0.id == Self.oldNumber })
    {
      module.declaration = .ineffective
      module.why =
        "The number \(Self.oldNumber) means nothing in an array of 'PySlot', where "
        + "'\(ModuleAPI.gilSlot)' has another number."
      var place = evidence(of: old)
      place?.symbol = ModuleAPI.gilSlot
      module.evidence += [place].compactMap(\.self)
    } else if !unread.isEmpty {
      module.declaration = .ineffective
      module.why = "The slot '\(ModuleAPI.gilSlot)' stands behind the end of the array."
    } else {
      module.why =
        array == nil
        ? "The module's definition has no slots."
        : "The module's slots have no '\(ModuleAPI.gilSlot)'."
    }
  }

  // MARK: Single-phase

  func judgeSinglePhase(
    _ module: inout PythonModule, _ definition: ModuleDefinition?, _ creations: [CallEdge],
    _ reach: Set<FunctionID>
  ) {
    module.initialisation = .singlePhase
    let declaring = calls.declarations(in: reach)
    if !declaring.isEmpty {
      judgeCalls(declaring, creations, reach, &module)
      return
    }
    module.declaration = .missing
    module.why = "'\(ModuleAPI.setGIL)' is not called for the module."
    let slots = definition?.slots?.slots.filter { $0.name == ModuleAPI.gilSlot } ?? []
    if !slots.isEmpty {
      module.declaration = .ineffective
      module.why =
        "The definition has slots but is made into a module by single-phase initialisation, "
        + "which refuses definitions with slots."
      module.evidence += slots.compactMap { evidence(of: $0) }
    } else {
      judgeText(&module, reach)
    }
  }

  /// Reads what calls of `PyUnstable_Module_SetGIL` declare.
  func judgeCalls(
    _ declaring: [CallEdge], _ creations: [CallEdge], _ reach: Set<FunctionID>,
    _ module: inout PythonModule
  ) {
    module.evidence += declaring.compactMap { evidence(.call, at: $0) }
    let same = declaring.filter { !calls.concernsOtherModule($0, than: creations) }
    let own = same.filter { calls.leadsToModule($0, creations) }
    if own.isEmpty {
      module.declaration = .ineffective
      module.why =
        same.isEmpty
        ? "'\(ModuleAPI.setGIL)' is called for another module object."
        : "'\(ModuleAPI.setGIL)' is called only where no module is returned."
      return
    }
    let values = own.reduce(into: Set<Int64?>()) {
      $0.formUnion(calls.constants(ofArgument: 1, of: $1, in: reach))
    }
    if values.contains(1) {
      module.declaration = .notUsed
      module.why = "'\(ModuleAPI.setGIL)' says that the module does not need the GIL."
      if values.contains(0) || own.allSatisfy({ calls.isConditional($0) }) {
        module.why =
          "'\(ModuleAPI.setGIL)' says that the module does not need the GIL, "
          + "but only under a condition that is tested at run time."
      }
    } else if values == [0] {
      module.declaration = .used
      module.why = "'\(ModuleAPI.setGIL)' says that the module needs the GIL."
    } else {
      module.declaration = .unknown
      module.why = "What '\(ModuleAPI.setGIL)' is told was not found out."
    }
  }

  // MARK: Export slots

  func judgeExport(_ name: String, _ hook: FunctionID, _ position: SourcePosition)
    -> PythonModule
  {
    var module = PythonModule(name: name, position: position)
    module.initialisation = .exportSlots
    module.exportFunction = hook
    module.evidence += [evidence(.export, of: hook)].compactMap(\.self)
    guard let array = exportedSlots(of: hook) else {
      module.isCertain = false
      module.why = "The slots that the hook returns were not found out."
      return module
    }
    module.slotFunctions =
      objects.functions(inSlot: "Py_mod_create", of: array)
      + objects.functions(inSlot: "Py_mod_exec", of: array)
    if let variable = array.variable {
      module.evidence += [evidence(.slots, of: variable)].compactMap(\.self)
    }
    judgeSlots(array, &module)
    if module.declaration == .missing, array.isIncomplete {
      module.declaration = .unknown
      module.why = "The array of slots was not understood as a whole."
    } else if module.declaration == .missing {
      let reach = calls.reach(from: [hook] + module.slotFunctions)
      judgeText(&module, reach)
    }
    return module
  }

  /// The `PySlot` array whose address an export hook returns, also through helpers.
  private func exportedSlots(of hook: FunctionID) -> SlotArray? {
    var seen: Set<FunctionID> = [hook]
    var work = [hook]
    while let next = work.popLast() {
      guard let (unit, body) = package.body(of: next) else { continue }
      let values = ValueOrigins(body)
      for origin in values.returned {
        switch origin {
        case .address(let place), .load(let place):
          if case .variable(let symbol) = body.places[Int(place.index)].base,
            let id = package.variable(symbol, in: unit), let array = objects.slotArrays[id]
          {
            return array
          }
        case .call(let index):
          if case .direct(let symbol) = values.calls[index].callee,
            let callee = package.function(symbol, in: unit), seen.insert(callee).inserted
          {
            work.append(callee)
          }
        case .function, .integer, .string, .parameter, .unknown: break
        }
      }
    }
    return nil
  }

  // MARK: Text

  /// Turns `missing` into `ineffective` when the text has a declaration that is not compiled.
  func judgeText(_ module: inout PythonModule, _ reach: Set<FunctionID>) {
    guard module.declaration == .missing else { return }
    var paths: Set<String> = [module.position.path]
    for evidence in module.evidence { paths.insert(evidence.position.path) }
    for function in module.slotFunctions {
      if let path = package[function].position?.path { paths.insert(path) }
    }
    for function in reach where calls.package.isSmallStep(function, from: paths) {
      if let path = package[function].position?.path { paths.insert(path) }
    }
    // Where there are two hooks, what is hidden can belong to the one that this view has not.
    if text.hasHiddenHook(in: paths, besides: module.name) { return }
    let hidden = text.hidden(in: paths)
    guard let first = hidden.first else { return }
    module.evidence += hidden.map {
      ModuleEvidence(kind: .mention, position: $0.position, symbol: $0.name)
    }
    if hidden.contains(where: { $0.activity == .active }) {
      module.declaration = .unknown
      module.isCertain = false
      module.why =
        "'\(first.name)' stands in the source, but the analysis did not see what it belongs to."
    } else {
      module.declaration = .ineffective
      module.isCertain = hidden.allSatisfy { $0.activity == .inactive }
      module.why =
        "'\(first.name)' stands in the source under a condition that is not met by free-threaded "
        + "CPython \(package.target), so the module declares nothing there."
    }
  }
}

extension PackageModel {
  /// A function of the package that stands in one of some files, or in a header.
  fileprivate func isSmallStep(_ function: FunctionID, from paths: Set<String>) -> Bool {
    guard let path = self[function].position?.path else { return false }
    return paths.contains(path) || self[function].isInHeader
  }
}
