import ModelBuilder
import ProgramModel
import Testing

@testable import Analysis

/// The same answer each time, and an end however large or entangled the code is.
@Suite struct ReferenceScaleTests {
  /// Functions `f0`, `f1` … of one parameter, each of which borrows from it and hands it to the
  /// next; the last `cycle` of them go round. `run` is an entry point that passes its argument, or
  /// a list of its own.
  private func chain(_ count: Int, cycle: Int, isOwn: Bool) -> ReferenceSource {
    let unit = UnitBuilder("a.c")
    for number in 0..<count { _ = unit.symbol("f\(number)", .function, .internal) }
    for number in 0..<count {
      unit.defineFunction("f\(number)", parameters: 1, linkage: .internal) { f in
        f.call("PyObject_Str", f.call("PyList_GetItem", .local(0), .integer(0)))
        if number + 1 < count { f.call("f\(number + 1)", .local(0)) }
        if number + 1 == count { f.call("f\(count - cycle)", .local(0)) }
      }
    }
    unit.defineFunction("run", parameters: 1) { f in
      f.call("f0", isOwn ? f.call("PySequence_List", .local(0)) : .local(0))
    }
    return ReferenceSource(units: [unit.unit])
  }

  @Test func aListThroughAChainOfFunctionsAndACycle() throws {
    for count in [150, 300] {
      let source = chain(count, cycle: 50, isOwn: false)
      // Each borrows from what may be anybody's.
      #expect(source.hazards.count == count)
      // One answer for each function, however many ways lead there.
      for number in (0..<count).reversed() {
        let function = try source.function("f\(number)")
        _ = source.judge.parameter(0, of: function)
      }
      #expect(source.context.parameters.count <= count + 1)
    }
  }

  @Test func aPrivateListThroughAChainOfFunctions() {
    #expect(chain(20, cycle: 5, isOwn: true).hazards == [])
    #expect(chain(100, cycle: 5, isOwn: true).hazards == [])
  }

  @Test func functionOfManyBorrows() {
    let count = 1000
    let unit = UnitBuilder("a.c")
    unit.defineFunction("f", parameters: 1) { f in
      let item = f.local("item")
      for number in 0..<count {
        f.store(f.local(item), f.call("PyList_GetItem", .local(0), .integer(Int64(number))))
        f.when(f.compute(.equal, .local(item), .integer(0))) {}
        f.call("PyObject_Str", .local(item))
      }
    }
    let source = ReferenceSource(units: [unit.unit])
    #expect(source.analyses.references.hazards.count == 1)
    #expect(source.analyses.references.hazards.first?.more.count == count - 1)
  }

  @Test func helpersThatEachReturnTheNextTwice() {
    let count = 22
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
      f.call("here", .integer(1), f.call("f0", .local(0)))
    }
    #expect(ReferenceSource(units: [unit.unit]).sharing(1) == ["isolated"])
  }

  @Test func containersThatHoldMany() {
    // What is nested deeper is taken for shared.
    let count = 7
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
      f.call("here", .integer(1), lists[0])
    }
    #expect(ReferenceSource(units: [unit.unit]).sharing(1) == ["isolated"])
  }

  @Test func theSameHazardsEachTime() throws {
    let text = """
      static PyObject *cache;
      static PyObject *find(PyObject *k) { return PyDict_GetItem(cache, k); }
      static PyObject *f(PyObject *m, PyObject *o) { cache = o; return Py_XNewRef(find(o)); }
      static PyObject *g(PyObject *m, PyObject *o) { PyObject_Str(find(PyList_GetItem(o, 0))); return 0; }
      """
    let first = try ReferenceSource(text, methods: "f:O g:O").hazards
    #expect(first.count == 3)
    for _ in 0..<3 { #expect(try ReferenceSource(text, methods: "f:O g:O").hazards == first) }
    // Whichever entry point comes first in the table.
    #expect(try ReferenceSource(text, methods: "g:O f:O").hazards == first)
  }
}
