/// Prints functions and variables of a unit in a stable text form, for people and for tests.
package struct ModelText {
  private let unit: UnitModel
  /// Adds each instruction's line and column, and the macro it came from.
  package var showsLocations: Bool

  package init(_ unit: UnitModel, showsLocations: Bool = false) {
    self.unit = unit
    self.showsLocations = showsLocations
  }

  /// All of a unit, or the functions of one bare or qualified name.
  package func text(function wanted: String? = nil) -> String {
    var parts: [String] = []
    if wanted == nil {
      parts += unit.variables.map(text(of:))
    }
    for function in unit.functions {
      let symbol = unit[function.symbol]
      if let wanted, wanted != unit[symbol.name], wanted != unit[symbol.qualifiedName] { continue }
      parts.append(text(of: function))
    }
    return parts.joined(separator: "\n")
  }

  package func text(of variable: VariableModel) -> String {
    var words: [String] = []
    switch variable.storage {
    case .file: words.append("file")
    case .external: words.append(variable.isDefinition ? "external" : "declared")
    case .functionLocal:
      words.append("local to \(variable.function.map { unit.name(of: $0) } ?? "?")")
    case .member: words.append(variable.isDefinition ? "member" : "member declared")
    }
    if variable.isThreadLocal { words.append("thread-local") }
    let type = unit[variable.type]
    if type.isConst { words.append("const") }
    if type.isAtomic { words.append("atomic") }
    var line = "variable \(unit[unit[variable.symbol].qualifiedName]): \(unit[type.spelling])"
    line += " (\(words.joined(separator: ", ")))"
    if let initializer = variable.initializer { line += " = \(text(of: initializer))" }
    return line + "\n"
  }

  private func text(of initializer: Initializer) -> String {
    switch initializer {
    case .integer(let value, let macro):
      return macro == .empty ? "\(value)" : "\(unit[macro])<\(value)>"
    case .floating: return "float"
    case .string(let text): return unit[text]
    case .function(let symbol): return "@\(unit.name(of: symbol))"
    case .address(let symbol, let path):
      return "&" + ([unit.name(of: symbol)] + path.map { unit[$0] }).joined(separator: ".")
    case .variable(let symbol): return unit.name(of: symbol)
    case .list(let elements):
      let parts = elements.map { element in
        let label = element.field == .empty ? "[\(element.index)]" : ".\(unit[element.field])"
        return "\(label) = \(text(of: element.value))"
      }
      return "{\(parts.joined(separator: ", "))}"
    case .call(let symbol): return "call \(symbol.map { unit.name(of: $0) } ?? "?")"
    case .offset(let record, let field): return "offsetof(\(unit[record]).\(unit[field]))"
    case .unknown: return "unknown"
    }
  }

  // MARK: Functions

  package func text(of function: FunctionModel) -> String {
    var lines: [String] = []
    let parameters = function.locals.prefix(Int(function.parameterCount)).map { local in
      "\(unit[local.name])"
    }
    let linkage = function.linkage == .internal ? "static " : ""
    let name = unit[unit[function.symbol].qualifiedName]
    lines.append(
      "\(linkage)function \(name)(\(parameters.joined(separator: ", "))\(function.isVariadic ? ", ..." : ""))"
    )
    for gap in function.gaps {
      lines.append("  not understood: \(unit[gap.reason])\(location(gap.range))")
    }
    for (index, block) in function.blocks.enumerated() {
      lines.append("  b\(index):\(block.handler.map { " handler b\($0.index)" } ?? "")")
      for instruction in block.instructions {
        lines.append(
          "    \(text(of: instruction.operation, in: function))\(location(instruction.range))")
      }
      lines.append("    \(text(of: block.terminator, in: function))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func location(_ range: SourceRange) -> String {
    guard showsLocations, let position = unit.position(of: range) else { return "" }
    let macro = range.macro == .empty ? "" : " in \(unit[range.macro])"
    return "  ; \(position.line):\(position.column)\(macro)"
  }

  /// A place as source-like text: `self->state`, `table[%3].name`.
  package func text(of place: Place, in function: FunctionModel) -> String {
    var text: String
    switch place.base {
    case .local(let local): text = name(local, in: function)
    case .variable(let symbol): text = "@\(unit.name(of: symbol))"
    case .temporary(let temporary): text = "%\(temporary)"
    case .unnamed: text = "unnamed"
    }
    var pointer = false
    for step in place.path {
      switch step {
      case .dereference:
        if pointer { text = "(*\(text))" }
        pointer = true
      case .field(let name, _):
        text += (pointer ? "->" : ".") + unit[name]
        pointer = false
      case .index(let operand):
        text += "[\(self.text(of: operand, in: function))]"
        pointer = false
      }
    }
    return pointer ? "*\(text)" : text
  }

  private func name(_ local: Int32, in function: FunctionModel) -> String {
    let name = unit[function.locals[Int(local)].name]
    // Shadowed and unnamed locals are told apart by their number.
    let same = function.locals.count { unit[$0.name] == name }
    return name.isEmpty || same > 1 ? "\(name)$\(local)" : name
  }

  package func text(of operand: Operand, in function: FunctionModel) -> String {
    switch operand {
    case .temporary(let temporary): "%\(temporary)"
    case .local(let local): name(local, in: function)
    case .integer(let value): "\(value)"
    case .floating: "float"
    case .string(let text): unit[text]
    case .function(let symbol): "@\(unit.name(of: symbol))"
    case .address(let place): "&" + text(of: function.places[Int(place.index)], in: function)
    case .unknown: "unknown"
    }
  }

  private func list(_ operands: [Operand], _ function: FunctionModel) -> String {
    operands.map { text(of: $0, in: function) }.joined(separator: ", ")
  }

  private func result(_ temporary: Int32?) -> String { temporary.map { "%\($0) = " } ?? "" }

  package func text(of operation: Operation, in function: FunctionModel) -> String {
    func place(_ id: PlaceID) -> String { text(of: function.places[Int(id.index)], in: function) }
    switch operation {
    case .load(let temporary, let id): return "%\(temporary) = load \(place(id))"
    case .store(let id, let value): return "store \(place(id)) = \(text(of: value, in: function))"
    case .modify(let temporary, let id, let operation, let value, let yieldsOld):
      return "\(result(temporary))modify \(place(id)) \(operation) \(text(of: value, in: function))"
        + (yieldsOld ? " yielding old" : "")
    case .atomic(let temporary, let kind, let id, let name, let operands):
      return "\(result(temporary))atomic \(kind) \(place(id))"
        + (operands.isEmpty ? "" : " (\(list(operands, function)))") + " by \(unit[name])"
    case .compute(let temporary, let operation, let operands):
      return "%\(temporary) = \(operation) \(list(operands, function))"
    case .copy(let temporary, let operand):
      return "%\(temporary) = \(text(of: operand, in: function))"
    case .call(let temporary, .direct(let symbol), let operands):
      return
        "\(result(temporary))call \(unit[unit[symbol].qualifiedName])(\(list(operands, function)))"
    case .call(let temporary, .indirect(let value), let operands):
      return
        "\(result(temporary))call *\(text(of: value, in: function))(\(list(operands, function)))"
    case .opaque(let temporary, let name, let operands):
      return "\(result(temporary))opaque \(unit[name]) (\(list(operands, function)))"
    }
  }

  package func text(of terminator: Terminator, in function: FunctionModel) -> String {
    switch terminator {
    case .jump(let target): return "jump b\(target.index)"
    case .branch(let condition, let then, let otherwise):
      return "branch \(text(of: condition, in: function)), b\(then.index), b\(otherwise.index)"
    case .switch(let value, let cases, let otherwise):
      let parts = cases.map { entry in
        let range = entry.low == entry.high ? "\(entry.low)" : "\(entry.low)...\(entry.high)"
        return "\(range): b\(entry.target.index)"
      }
      return
        "switch \(text(of: value, in: function)) [\(parts.joined(separator: ", "))], b\(otherwise.index)"
    case .indirect(let value, let targets):
      return
        "goto *\(text(of: value, in: function)) [\(targets.map { "b\($0.index)" }.joined(separator: ", "))]"
    case .return(let value):
      return "return" + (value.map { " \(text(of: $0, in: function))" } ?? "")
    case .throw: return "throw"
    case .unreachable: return "unreachable"
    }
  }
}
