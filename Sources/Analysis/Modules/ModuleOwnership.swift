package import ProgramModel

/// Which module each function and variable belongs to.
package struct ModuleOwnership: Sendable {
  /// Per function, the indices of its modules in `Analyses.modules`, ascending.
  private let functions: [[Int32]]
  private let names: [String]
  private let package: PackageModel

  /// A function belongs to the modules whose hooks reach it by calls or by tables; one that none
  /// reaches to those that the rest of its unit belongs to.
  package init(_ package: PackageModel, _ graph: CallGraph, _ modules: [PythonModule]) {
    self.package = package
    names = modules.map(\.name)
    var owners = [[Int32]](repeating: [], count: package.functions.count)
    // With one module, which is the common case, there is no question.
    if modules.count == 1 {
      functions = owners.map { _ in [0] }
      return
    }
    let links = Self.links(package)
    for (index, module) in modules.enumerated() {
      var seen = Set<Entity>()
      var work: [Entity] = []
      func visit(_ entity: Entity) { if seen.insert(entity).inserted { work.append(entity) } }
      let roots = [module.initFunction, module.exportFunction].compactMap(\.self)
      for root in roots + module.slotFunctions { visit(.function(root)) }
      if roots.isEmpty {
        // A framework's macro: what stands in its file.
        for id in package.functionIDs where package[id].position?.path == module.position.path {
          visit(.function(id))
        }
      }
      while let next = work.popLast() {
        if case .function(let id) = next {
          owners[Int(id.index)].append(Int32(truncatingIfNeeded: index))
          for edge in graph.outgoing[Int(id.index)] where graph.edges[edge].kind != .indirect {
            visit(.function(graph.edges[edge].callee))
          }
        }
        for entity in links[next] ?? [] { visit(entity) }
      }
    }
    var units = [Set<Int32>](repeating: [], count: package.units.count)
    for id in package.functionIDs {
      if let unit = package[id].definition?.unit, !package[id].isInHeader {
        units[unit].formUnion(owners[Int(id.index)])
      }
    }
    for id in package.functionIDs where owners[Int(id.index)].isEmpty {
      if let unit = package[id].definition?.unit { owners[Int(id.index)] = units[unit].sorted() }
    }
    functions = owners
  }

  /// What each function and variable refers to besides calls.
  private static func links(_ package: PackageModel) -> [Entity: [Entity]] {
    var links: [Entity: [Entity]] = [:]
    for reference in package.staticReferences {
      links[.variable(reference.holder), default: []].append(reference.target)
    }
    for use in package.functionUses {
      links[.function(use.function), default: []].append(.function(use.target))
    }
    for id in package.variableIDs {
      for access in package.accesses(of: id) where access.kind == .address || access.kind.reads {
        links[.function(access.function), default: []].append(.variable(id))
      }
    }
    return links
  }

  /// Indices into the package's modules of those that a function belongs to.
  package func modules(of function: FunctionID) -> [Int] {
    functions[Int(function.index)].map { Int($0) }
  }

  /// The name of the module that a function belongs to; nil where there is none or several.
  package func module(of function: FunctionID) -> String? {
    let found = functions[Int(function.index)]
    return found.count == 1 ? names[Int(found[0])] : nil
  }

  /// The name of the module that all accesses of a variable belong to; nil where there is none
  /// or several.
  package func module(of variable: VariableID) -> String? {
    if names.count == 1 { return names[0] }
    var found = Set<Int32>()
    for access in package.accesses(of: variable) {
      found.formUnion(functions[Int(access.function.index)])
    }
    return found.count == 1 ? found.first.map { names[Int($0)] } : nil
  }
}
