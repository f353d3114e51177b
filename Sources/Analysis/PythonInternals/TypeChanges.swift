import ProgramModel
import PythonAPI

/// Finds writes to types that other threads can use: to their namespace and to their slots.
struct TypeChanges {
  let analysis: InternalsAnalysis
  let flow: ValueFlow
  private var names: UnitModel { flow.package.units[flow.unit] }

  func find() -> [InternalsHazard] {
    var found: [InternalsHazard] = []
    for id in flow.flow.reversePostorder where flow.liveBlocks.contains(id.index) {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        let point = ProgramPoint(block: id, instruction: index)
        switch instruction.operation {
        case .store(let place, _), .modify(_, let place, _, _, _):
          if let hazard = slot(flow.model.places[Int(place.index)], point) { found.append(hazard) }
        case .call(_, .direct, _):
          guard let (callee, arguments) = flow.call(at: point),
            flow.package[callee].definition == nil, let first = arguments.first
          else { continue }
          let name = flow.package[callee].name
          if ObjectInternals.announcesTypeChange(name) {
            if let owner = analysis.shared(first, at: point, flow), !isMade(first, point) {
              found.append(hazard(point, .call(name), "tp_dict", owner))
            }
          } else if ReferenceEffects.changes(name)
            || ReferenceEffects.container(ofStore: name) != nil,
            let owner = namespace(first, point)
          {
            found.append(hazard(point, .call(name), "tp_dict", owner))
          }
        default: continue
        }
      }
    }
    return found
  }

  private func hazard(
    _ point: ProgramPoint, _ access: InternalsHazard.Access, _ symbol: String,
    _ owner: ReferenceOwner
  ) -> InternalsHazard {
    InternalsHazard(
      pattern: .typeChange, site: analysis.context.site(point, in: flow), access: access,
      symbol: symbol, structure: "PyTypeObject", owner: owner)
  }

  /// The type whose slot is written through a pointer. Static types have a rule of their own.
  private func slot(_ place: Place, _ point: ProgramPoint) -> InternalsHazard? {
    guard case .field(let field, let record)? = place.path.last,
      ObjectInternals.isTypePart(names[record]), place.path.contains(.dereference)
    else { return nil }
    let index = place.path.count - 1
    guard let root = place.directRoot(upTo: index) else {
      return analysis.holder(of: place, upTo: index, at: point, flow).map {
        hazard(point, .write, names[field], $0)
      }
    }
    guard !isMade(root, point), let owner = analysis.shared(root, at: point, flow) else {
      return nil
    }
    return hazard(point, .write, names[field], owner)
  }

  /// The type whose namespace an operand is; nil: it is none, or of a type that nobody else has.
  private func namespace(_ operand: Operand, _ point: ProgramPoint) -> ReferenceOwner? {
    for origin in flow.origins(of: operand, at: point) {
      switch origin {
      case .load(let site, let id):
        let place = flow.model.places[Int(id.index)]
        guard case .field(let field, let record)? = place.path.last,
          ObjectInternals.isTypePart(names[record]), names[field] == "tp_dict"
        else { continue }
        let index = place.path.count - 1
        guard let root = place.directRoot(upTo: index) else {
          return analysis.holder(of: place, upTo: index, at: site, flow)
        }
        if isMade(root, site) { return nil }
        return analysis.shared(root, at: site, flow)
      case .call(let site):
        guard let (callee, arguments) = flow.call(at: site), let type = arguments.first,
          ObjectInternals.givesTypeNamespace(flow.package[callee].name)
        else { continue }
        if isMade(type, site) { return nil }
        return analysis.shared(type, at: site, flow)
      default: continue
      }
    }
    return nil
  }

  /// Whether a type was made in this function, by a slot such as `tp_new` or a call of its
  /// metatype.
  private func isMade(_ type: Operand, _ point: ProgramPoint) -> Bool {
    flow.origins(of: type, at: point).contains { origin in
      guard case .call(let site) = origin,
        case .call(_, let callee, _)? = flow.operation(at: site)
      else { return false }
      switch callee {
      case .indirect: return true
      case .direct(let symbol):
        let name = names.name(of: symbol)
        return name.hasPrefix("PyType_From") || name.hasPrefix("PyObject_Call")
          || name.hasPrefix("PyType_GenericAlloc")
      }
    }
  }
}
