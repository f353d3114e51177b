import ModelBuilder
import ProgramModel
import Testing

@testable import Analysis

/// An end, and not too late, however large or entangled the code is.
@Suite struct ReferenceScaleTests {
  /// `count` functions of one parameter, each of which hands it to the next; the last one borrows.
  private func chain(_ count: Int, cycle: Int) -> ReferenceSource {
    let unit = UnitBuilder("a.c")
    for number in 0...count { _ = unit.symbol("f\(number)", .function, .internal) }
    for number in 0...count {
      unit.defineFunction("f\(number)", parameters: 2, linkage: .internal) { f in
        let item = f.call("PyList_GetItem", .local(0), .integer(Int64(number)))
        f.call("PyObject_Str", item)
        if number < count { f.call("f\(number + 1)", .local(0), .local(1)) }
        // The last functions are a cycle.
        if number == count, cycle > 0 { f.call("f\(count - cycle)", .local(0), .local(1)) }
      }
    }
    unit.defineFunction("run", parameters: 1) { f in
      f.call("f0", f.call("PySequence_List", .local(0)), .integer(0))
    }
    return ReferenceSource(units: [unit.unit])
  }

  @Test func longChainsAndCycles() throws {
    let clock = ContinuousClock()
    for count in [75, 150, 300] {
      var source: ReferenceSource?
      let time = clock.measure { source = chain(count, cycle: 50) }
      print("chain \(count): \(time)")
      let hazards = try #require(source).analyses.references.hazards
      print(hazards.count, hazards.filter { $0.owner.sharing.isCertain }.count)
    }
  }

  @Test func functionOfManyBorrows() throws {
    let clock = ContinuousClock()
    for (count, isOwn, isTaken) in [
      (500, true, false), (500, false, false), (500, false, true), (500, true, true),
    ] {
      let unit = UnitBuilder("a.c")
      unit.defineFunction("f", parameters: 1) { f in
        let item = f.local("item")
        let own = f.local("own")
        f.store(f.local(own), isOwn ? f.call("PyList_New", .integer(0)) : .local(0))
        for number in 0..<count {
          f.store(f.local(item), f.call("PyList_GetItem", .local(own), .integer(Int64(number))))
          f.when(f.compute(.equal, .local(item), .integer(0))) {}
          f.call(isTaken ? "Py_INCREF" : "PyObject_Str", .local(item))
        }
      }
      let context = ReferenceSource(units: [unit.unit])
      let flow = try #require(
        context.context.flow(of: FunctionID(0)) ?? context.context.flow(of: FunctionID(1)))
      let sites = context.context.borrowSites(in: flow, results: [:])
      let judge = context.judge
      let time = clock.measure {
        for site in sites { _ = judge.sharing(of: site.owner!, at: site.point, in: flow) }
      }
      let follow = clock.measure {
        for site in sites {
          _ = BorrowFollower(context: context.context, flow: flow).follow(
            site.origins, from: site.point, covers: [], returnIsUse: true)
        }
      }
      print(
        "borrows \(count) own \(isOwn) taken \(isTaken): judge \(time) follow \(follow) \(sites.count)"
      )
    }
  }

  @Test func helpersThatEachReturnTheNextTwice() throws {
    let clock = ContinuousClock()
    for count in [12, 14, 16] {
      let unit = UnitBuilder("a.c")
      for number in 0...count { _ = unit.symbol("f\(number)", .function, .internal) }
      for number in 0...count {
        unit.defineFunction("f\(number)", parameters: 1, linkage: .internal) { f in
          if number == count { return f.return(f.call("PyList_New", .integer(0))) }
          let first = f.call("f\(number + 1)", .local(0))
          let second = f.call("f\(number + 1)", .integer(0))
          f.return(f.join(first, second))
        }
      }
      unit.defineFunction("run", parameters: 1) { f in
        let item = f.call("PyList_GetItem", f.call("f0", .local(0)), .integer(0))
        f.call("PyObject_Str", item)
      }
      var source: ReferenceSource?
      let time = clock.measure { source = ReferenceSource(units: [unit.unit]) }
      print("diamonds \(count): \(time)")
      _ = source
    }
  }

  @Test func containersThatHoldMany() throws {
    let clock = ContinuousClock()
    for count in [8, 10, 12] {
      let unit = UnitBuilder("a.c")
      unit.defineFunction("f", parameters: 1) { f in
        let lists = (0..<count).map { number in
          let local = f.local("l\(number)")
          f.store(f.local(local), f.call("PyList_New", .integer(0)))
          return Operand.local(local)
        }
        for (number, list) in lists.enumerated() {
          for other in lists[(number + 1)...] { f.call("PyList_Append", other, list) }
        }
        f.call("PyObject_Str", f.call("PyList_GetItem", lists[0], .integer(0)))
      }
      var source: ReferenceSource?
      let time = clock.measure { source = ReferenceSource(units: [unit.unit]) }
      print("containers \(count): \(time)")
      _ = source
    }
  }
}
