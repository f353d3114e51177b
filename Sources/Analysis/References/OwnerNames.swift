import ProgramModel

/// The words for an object in a function, as its source has them.
struct OwnerNames {
  let flow: ValueFlow
  private var names: UnitModel { flow.package.units[flow.unit] }

  init(flow: ValueFlow) { self.flow = flow }

  /// Whether a name is that of a field or a static object, and not of a variable of the function.
  func isNamed(_ operand: Operand, at point: ProgramPoint) -> Bool {
    guard case .temporary = operand else { return false }
    let origins = flow.origins(of: operand, at: point)
    guard origins.count == 1, case .load(_, let id) = origins[0] else { return false }
    let place = flow.model.places[Int(id.index)]
    if case .variable = place.base { return true }
    return place.path.contains(where: \.isField)
  }

  /// The bare name of a variable, field or function, and the whole expression.
  func names(of operand: Operand, at point: ProgramPoint) -> (name: String, text: String) {
    switch operand {
    case .local(let index):
      let name = names[flow.model.locals[Int(index)].name]
      return (name, name)
    case .address(let place): return names(of: flow.model.places[Int(place.index)], point)
    case .temporary:
      for origin in flow.origins(of: operand, at: point) {
        switch origin {
        case .load(let site, let place):
          return names(of: flow.model.places[Int(place.index)], site)
        case .call(let site):
          guard let name = flow.name(ofCallAt: site) else { continue }
          return (name, name + "(…)")
        case .parameter(let index):
          let name = names[flow.model.locals[index].name]
          return (name, name)
        case .output, .address, .integer, .other, .unknown: continue
        }
      }
      return ("object", "the object")
    default: return ("object", "the object")
    }
  }

  func names(of place: Place, _ point: ProgramPoint) -> (name: String, text: String) {
    var text: String
    switch place.base {
    case .local(let index): text = names[flow.model.locals[Int(index)].name]
    case .variable(let symbol): text = names.name(of: symbol)
    case .temporary(let number):
      text = place.path.count > 6 ? "…" : self.names(of: .temporary(number), at: point).text
    case .unnamed: text = "…"
    }
    var name = text
    var isBehindPointer = false
    for step in place.path {
      switch step {
      case .dereference: isBehindPointer = true
      case .index:
        text += "[…]"
        isBehindPointer = false
      case .field(let field, _):
        name = names[field]
        text += (isBehindPointer ? "->" : ".") + name
        isBehindPointer = false
      }
    }
    return (name, text)
  }
}
