import Foundation
import ProgramModel
import PythonAPI
import SystemKit
import SystemPackage
import Testing

@testable import Analysis
@testable import Frontend

/// Sources in which calls of `here(n)` mark the places that a test asks about.
struct MarkedSource {
  let analyses: Analyses
  /// Where each number stands.
  private var marks: [Int64: (FunctionID, BlockID, Int)] = [:]

  init(_ source: String, isCxx: Bool = false) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ftaudit-locks-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let name = isCxx ? "unit.cpp" : "unit.c"
    let declaration = isCxx ? "extern \"C\" void here(int);\n" : "void here(int);\n"
    try (declaration + source).write(
      to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    let root = try #require(realPath(FilePath(folder.path))).string
    let python = try Self.pythonFolders.get()
    let settings = ParseSettings(
      libclang: nil, pythonFolders: python, headersIdentity: python.joined(separator: ":"),
      target: .standard, cacheFolder: Self.cacheFolder, root: root)
    let unit = CompileUnit(
      path: name, language: isCxx ? .cxx : .c, flags: [], quoteFolders: [], afterFolders: [],
      includesPython: true, limitedAPI: nil)
    let model = try UnitParser(settings).model(of: UnitRequest(unit))
    try #require(model.diagnostics.isEmpty, "\(model.diagnostics)")
    analyses = analyse(Linker.link(units: [model]))
    let package = analyses.package
    for id in package.functionIDs {
      guard let (unit, body) = package.body(of: id) else { continue }
      for (number, block) in body.blocks.enumerated() {
        for (index, instruction) in block.instructions.enumerated() {
          guard case .call(_, .direct(let symbol), let arguments) = instruction.operation,
            package.units[unit].name(of: symbol) == "here",
            case .integer(let mark)? = arguments.first
          else { continue }
          marks[mark] = (id, BlockID(Int32(number)), index)
        }
      }
    }
  }

  /// The locks held at a mark: `m`, `shared m`, `done flag`, sorted.
  func held(_ mark: Int64) -> [String] {
    guard let (function, block, index) = marks[mark] else { return ["no mark"] }
    return text(
      analyses.locks.held(in: function, block: block, instruction: index), in: function)
  }

  /// The locks that the function of a mark took itself.
  func acquired(_ mark: Int64) -> [String] {
    guard let (function, block, index) = marks[mark] else { return ["no mark"] }
    return text(
      analyses.locks.acquiredLocally(in: function, block: block, instruction: index), in: function)
  }

  func locks(_ mark: Int64) -> Set<HeldLock> {
    guard let (function, block, index) = marks[mark] else { return [] }
    return analyses.locks.held(in: function, block: block, instruction: index)
  }

  func state(_ mark: Int64) -> ThreadState? {
    guard let (function, block, index) = marks[mark] else { return nil }
    return analyses.threadStates.state(in: function, block: block, instruction: index)
  }

  func function(_ name: String) throws -> FunctionID {
    try #require(
      analyses.package.functionIDs.first { analyses.package[$0].name == name })
  }

  func variable(_ name: String) throws -> VariableID {
    try #require(
      analyses.package.variableIDs.first { analyses.package[$0].name == name })
  }

  private func text(_ locks: Set<HeldLock>, in function: FunctionID) -> [String] {
    locks.map { lock in
      let name = analyses.locks.text(lock.key, in: function)
      return switch lock.mode {
      case .exclusive: name
      case .shared: "shared \(name)"
      case .onceBody: "once \(name)"
      case .onceDone: "done \(name)"
      }
    }.sorted()
  }

  /// One folder for the precompiled headers of all tests.
  private static let cacheFolder = FileManager.default.temporaryDirectory
    .appendingPathComponent("ftaudit-lowering-tests").path

  private static let pythonFolders = Result {
    let found = try PythonHeaders.find(
      python: nil, target: .standard, environment: ProcessInfo.processInfo.environment)
    return [found.includeFolder.string] + found.extraFolders.map(\.string)
  }
}

@Suite struct LockSourceTests {
  @Test func mutexOfAnObjectIsHeldUntilItIsReleased() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      typedef struct { PyObject_HEAD PyMutex mu; int v; } Obj;
      PyObject *f(Obj *self) {
        here(1);
        PyMutex_Lock(&self->mu);
        here(2);
        if (self->v) { PyMutex_Unlock(&self->mu); here(3); return NULL; }
        here(4);
        PyMutex_Unlock(&self->mu);
        here(5);
        return NULL;
      }
      """)
    #expect((1...5).map { source.held($0) } == [[], ["self->mu"], [], ["self->mu"], []])
    let lock = try #require(source.locks(2).first)
    #expect(lock.family == .mutex && lock.mode == .exclusive && !lock.isSuspendable)
    #expect(lock.key == LockKey(base: .parameter(0), path: ["->", "mu"]))
  }

  @Test func criticalSectionsLockTheirObjects() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      static PyMutex mu;
      void f(PyObject *a, PyObject *b) {
        Py_BEGIN_CRITICAL_SECTION(a);
        here(1);
        Py_END_CRITICAL_SECTION();
        here(2);
        Py_BEGIN_CRITICAL_SECTION2(a, b);
        here(3);
        Py_END_CRITICAL_SECTION2();
        Py_BEGIN_CRITICAL_SECTION_MUTEX(&mu);
        here(4);
        Py_END_CRITICAL_SECTION();
        here(5);
        PyCriticalSection cs;
        PyCriticalSection_Begin(&cs, a);
        here(6);
        PyCriticalSection_End(&cs);
        PyCriticalSection_Begin(&cs, b);
        here(7);
        PyCriticalSection_End(&cs);
        here(8);
      }
      """)
    #expect(
      (1...8).map { source.held($0) }
        == [["a"], [], ["a", "b"], ["mu"], [], ["a"], ["b"], []])
    let lock = try #require(source.locks(1).first)
    #expect(lock.isSuspendable && lock.family == .criticalSection)
    #expect(lock.key == LockKey(base: .parameter(0), path: ["->"]))
  }

  @Test func attemptsHoldWhereTheySucceed() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      #include <pthread.h>
      static pthread_mutex_t m; static PyThread_type_lock l;
      void f(int wait) {
        if (pthread_mutex_trylock(&m) == 0) { here(1); pthread_mutex_unlock(&m); }
        here(2);
        int r = pthread_mutex_trylock(&m);
        if (r) { here(3); return; }
        here(4);
        pthread_mutex_unlock(&m);
        while (!PyThread_acquire_lock(l, NOWAIT_LOCK)) { here(5); }
        here(6);
        PyThread_release_lock(l);
        PyThread_acquire_lock(l, 1);
        here(7);
        PyThread_release_lock(l);
        PyThread_acquire_lock(l, wait);
        here(8);
        if (PyThread_acquire_lock_timed(l, 10, 1) == PY_LOCK_ACQUIRED) {
          here(9); PyThread_release_lock(l);
        }
        if (PyThread_acquire_lock_timed(l, 10, 1)) { here(10); }
        switch (pthread_mutex_trylock(&m)) {
        case 0: here(11); break;
        default: here(12);
        }
      }
      """)
    #expect(
      (1...12).map { source.held($0) }
        == [["m"], [], [], ["m"], [], ["l"], ["l"], [], ["l"], [], ["m"], []])
  }

  @Test func lockThatNeedNotBeTakenCounts() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      typedef struct { PyThread_type_lock lock; int use; PyMutex mu; int v; } Obj;
      void f(Obj *self) {
        if (self->lock) PyThread_acquire_lock(self->lock, 1);
        here(1);
        if (self->lock) PyThread_release_lock(self->lock);
        here(2);
        if (self->use) { PyMutex_Lock(&self->mu); }
        here(3);
        if (self->use) { PyMutex_Unlock(&self->mu); }
        here(4);
        if (self->v) { PyMutex_Lock(&self->mu); }
        here(5);
        if (!self->v) { PyMutex_Unlock(&self->mu); }
      }
      void g(Obj *self) {
        if (!self->lock) { here(6); self->lock = PyThread_allocate_lock(); }
        PyThread_acquire_lock(self->lock, 1);
        here(7);
        PyThread_release_lock(self->lock);
      }
      """)
    #expect(
      (1...7).map { source.held($0) }
        == [["self->lock"], [], ["self->mu"], [], [], [], ["self->lock"]])
  }

  @Test func lockBehindALocalOrAGetterIsTheSame() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      typedef struct { PyThread_type_lock lock; PyMutex mu; } Obj;
      static PyMutex *of(Obj *o) { return &o->mu; }
      void f(PyObject *op) {
        Obj *self = (Obj *)op;
        PyThread_type_lock l = self->lock;
        PyThread_acquire_lock(l, WAIT_LOCK);
        here(1);
        PyThread_release_lock(self->lock);
        here(2);
        PyMutex *mu = of(self);
        PyMutex_Lock(mu);
        here(3);
        PyMutex_Unlock(of((Obj *)op));
        here(4);
      }
      """)
    #expect((1...4).map { source.held($0) } == [["op->lock"], [], ["op->mu"], []])
  }
}
