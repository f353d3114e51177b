import ProgramModel

/// Finds uses of a buffer's memory after the buffer has been released.
struct ReleasedBuffers {
  let context: ReferenceContext
  let flow: ValueFlow

  struct Found {
    var release: ProgramPoint
    /// The variable of type `Py_buffer`.
    var view: Operand
    var use: ValueFlow.Use
  }

  func find() -> [Found] {
    var found: [Found] = []
    for id in flow.flow.reversePostorder {
      for index in flow.model.blocks[Int(id.index)].instructions.indices {
        let point = ProgramPoint(block: id, instruction: index)
        guard flow.name(ofCallAt: point) == "PyBuffer_Release",
          let argument = flow.call(at: point)?.arguments.first, case .address(let place) = argument,
          let use = use(of: flow.model.places[Int(place.index)], after: point)
        else { continue }
        found.append(Found(release: point, view: argument, use: use))
      }
    }
    return found
  }

  /// The first call besides the release that is given the view: it fills it.
  private func acquisition(of view: Place, _ release: ProgramPoint) -> ProgramPoint? {
    for id in flow.flow.reversePostorder {
      for index in flow.model.blocks[Int(id.index)].instructions.indices {
        let point = ProgramPoint(block: id, instruction: index)
        guard point != release, case .call(_, _, let arguments)? = flow.operation(at: point),
          flow.name(ofCallAt: point) != "PyBuffer_Release",
          arguments.contains(where: { argument in
            guard case .address(let place) = argument else { return false }
            return flow.model.places[Int(place.index)] == view
          })
        else { continue }
        return point
      }
    }
    return nil
  }

  /// The first use of the view's memory that the release comes before.
  private func use(of view: Place, after release: ProgramPoint) -> ValueFlow.Use? {
    guard case .local = view.base, view.path.isEmpty else { return nil }
    for id in flow.flow.reversePostorder {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        guard case .load(_, let placeID) = instruction.operation else { continue }
        let place = flow.model.places[Int(placeID.index)]
        guard place.base == view.base, place.path.count == 1,
          case .field(let name, _) = place.path[0],
          flow.package.units[flow.unit][name] == "buf"
        else { continue }
        let load = ProgramPoint(block: id, instruction: index)
        // Read before the release, used after it, without being read anew; or read after it.
        let isBefore = flow.leads(from: load, to: release)
        let isAfter = flow.leads(from: release, to: load, without: acquisition(of: view, release))
        for use in flow.uses(of: .load(load, placeID)) {
          switch use.kind {
          case .dereference, .argument: break
          default: continue
          }
          if isAfter || isBefore && flow.leads(from: release, to: use.point, without: load) {
            return use
          }
        }
      }
    }
    return nil
  }
}
