import ProgramModel

/// Finds the functions that Python, libraries and the loader call.
struct EntryPointFinder {
  private let package: PackageModel
  private let graph: CallGraph
  private var found: [EntryPoint] = []

  static func find(
    _ package: PackageModel, _ objects: PythonObjects, _ graph: CallGraph
  ) -> [EntryPoint] {
    var finder = EntryPointFinder(package: package, graph: graph)
    finder.addNamed()
    finder.addRoles(objects)
    finder.addEscapes()
    finder.addExported()
    return finder.found.sorted {
      ($0.function, $0.unit ?? -1, $0.range?.file ?? -1, $0.range?.start ?? 0)
        < ($1.function, $1.unit ?? -1, $1.range?.file ?? -1, $1.range?.start ?? 0)
    }
  }

  private init(package: PackageModel, graph: CallGraph) {
    self.package = package
    self.graph = graph
  }

  private mutating func add(
    _ function: FunctionID, _ kind: EntryPoint.Kind, _ phase: PhaseSet, _ unit: Int? = nil,
    _ range: SourceRange? = nil
  ) {
    found.append(
      EntryPoint(function: function, kind: kind, phase: phase, unit: unit, range: range))
  }

  // MARK: By name

  private mutating func addNamed() {
    for id in package.functionIDs {
      guard let (_, body) = package.body(of: id) else { continue }
      if body.kind == .staticInitialisation || ModuleNames.isLoaderHook(package[id].name) {
        add(id, .loader, .initialisation)
      } else if ModuleNames.isInitialisation(package[id].name) {
        add(id, .moduleInitialisation, .initialisation)
      }
    }
  }

  // MARK: By role

  private mutating func addRoles(_ objects: PythonObjects) {
    for role in objects.roles {
      let (kind, phase): (EntryPoint.Kind, PhaseSet) =
        switch role.kind {
        case .method: (.method, .runtime)
        case .getter: (.getter, .runtime)
        case .setter: (.setter, .runtime)
        case .moduleSlot(let name): (.moduleSlot(name), Self.phase(ofModuleSlot: name))
        case .typeSlot(let name): (.typeSlot(name), Self.phase(ofTypeSlot: name))
        }
      add(role.function, kind, phase, role.unit, role.range)
    }
  }

  static func phase(ofModuleSlot name: String) -> PhaseSet {
    switch name {
    case "m_traverse", "mod_state_traverse": .collection
    case "m_clear", "mod_state_clear", "m_free", "mod_state_free": .finalisation
    default: .initialisation
    }
  }

  static func phase(ofTypeSlot name: String) -> PhaseSet {
    switch name {
    case "tp_new", "tp_alloc": .creation
    case "tp_dealloc", "tp_finalize", "tp_free", "tp_del": .destruction
    case "tp_traverse": .collection
    case "tp_clear": .clearing
    // 'tp_init' is no creation: '__init__' can be called again on an object in use.
    default: .runtime
    }
  }

  // MARK: By address

  private mutating func addEscapes() {
    // A module's body is told by its name, wherever a framework puts its address.
    for escape in graph.escapes
    where !ModuleNames.isInitialisation(package[escape.function].name) {
      switch escape.way {
      case .argument(let callee?, _):
        let name = package[callee].name
        if CalledBack.once.contains(name) {
          // Runs once, in whatever phase its first caller is; that caller waits for it.
          add(escape.function, .callback, .initialisation, escape.unit, escape.range)
        } else if CalledBack.atEnd.contains(name) {
          add(escape.function, .callback, CalledBack.end(name), escape.unit, escape.range)
        } else if ModuleNames.isBinding(name) {
          add(escape.function, .binding, .runtime, escape.unit, escape.range)
        } else {
          add(escape.function, .callback, .runtime, escape.unit, escape.range)
        }
      case .argument(nil, _):
        add(escape.function, .callback, .runtime, escape.unit, escape.range)
      case .table:
        add(escape.function, .table, .runtime, escape.unit, escape.range)
      case .other:
        add(escape.function, .callback, .runtime, escape.unit, escape.range)
      }
    }
  }

  // MARK: Left over

  private func takesVisitor(_ body: FunctionModel, in unit: Int?) -> Bool {
    guard let unit else { return false }
    let names = package.units[unit]
    return body.locals.prefix(Int(body.parameterCount)).contains {
      names[names[$0.type].spelling] == "visitproc"
    }
  }

  private mutating func addExported() {
    let known = Set(found.map(\.function))
    for id in package.functionIDs {
      let function = package[id]
      guard let (_, body) = package.body(of: id), !known.contains(id),
        graph.incoming[Int(id.index)].isEmpty, function.linkage == .external
      else { continue }
      switch body.kind {
      case .function, .method, .staticMethod, .constructor, .destructor:
        // What is given a visitor is a traverse function whose table could not be read.
        if takesVisitor(body, in: package[id].definition?.unit) {
          add(id, .typeSlot("tp_traverse"), .collection)
          continue
        }
        // What stands in a header is there for those who want it.
        if !function.isInHeader || function.isVirtual { add(id, .exported, .runtime) }
      case .lambda, .staticInitialisation: break
      }
    }
  }
}

/// Names by which the outside finds functions.
enum ModuleNames {
  static let initialisationPrefixes = ["PyInit_", "PyInitU_"]
  static let exportPrefixes = ["PyModExport_", "PyModExportU_"]

  static func isInitialisation(_ name: String) -> Bool {
    (initialisationPrefixes + exportPrefixes).contains { name.hasPrefix($0) }
      || frameworkPrefixes.contains { name.hasPrefix($0) }
  }

  /// Bodies that the module macros of C++ binding libraries define.
  private static let frameworkPrefixes = [
    "pybind11_init_", "pybind11_exec_", "nanobind_init_", "nanobind_exec_", "init_module_",
  ]

  static func isLoaderHook(_ name: String) -> Bool { name == "DllMain" }

  /// The module's name in the name of its hook; nil for other functions.
  static func module(of name: String, _ prefixes: [String]) -> String? {
    prefixes.first { name.hasPrefix($0) }.map { String(name.dropFirst($0.count)) }
  }

  /// Methods of binding libraries that make their function arguments callable from Python.
  static func isBinding(_ name: String) -> Bool {
    name == "def" || name.hasPrefix("def_") || name == "add_property" || name == "make_function"
      || name == "cpp_function"
  }
}
