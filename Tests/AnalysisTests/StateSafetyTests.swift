import ProgramModel
import SourceModels
import Testing

@testable import Analysis

/// Why states are safe, in one word each, and what companions are.
@Suite struct StateSafetyTests {
  @Test func everyWord() throws {
    let source = try StateSource(files: [
      (
        "a.c",
        """
        #include <Python.h>
        #include <pthread.h>
        static const int constant_ = 1;
        static __thread int own;
        static PyMutex mutex;
        static _Atomic int atomic_;
        static int never;
        static int early;
        static int guarded;
        static int filled; static pthread_once_t flag = PTHREAD_ONCE_INIT;
        static PyMethodDef methods[] = {{0}};
        static int hazard;
        static void fill(void) { filled = 1; }
        void PyInit_m(void) { early = 1; }
        int f(void) {
          own++; atomic_++; hazard++;
          pthread_once(&flag, fill);
          PyMutex_Lock(&mutex); guarded++; PyMutex_Unlock(&mutex);
          return constant_ + never + early + filled + (methods[0].ml_name != 0);
        }
        """
      )
    ])
    #expect(
      source.words(
        "constant_", "own", "mutex", "atomic_", "never", "early", "guarded", "flag", "methods",
        "hazard")
        == [
          "const", "thread-local", "lock", "atomic", "never-written", "initialisation-only",
          "guarded", "lock", "descriptor", "hazardous",
        ])
    #expect(try source.report("guarded").proof == "every access after import holds 'mutex'")
    #expect(try source.report("hazard").proof == "written and read without a lock")
    for report in source.analyses.states.reports {
      #expect(!report.proof.isEmpty, "\(report.declaration.name)")
      #expect((report.safety == .hazardous) == (report.hazard != nil), "\(report.declaration.name)")
    }
  }

  @Test func variablesOfOtherLibrariesAreNotThePackages() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      #include <stdio.h>
      extern char **environ; int own;
      PyObject *f(void) { own++; fprintf(stderr, "x"); return PyErr_NoMemory(); }
      int g(void) { return PyExc_ValueError != NULL; }
      """)
    #expect(source.analyses.states.reports.map(\.declaration.name).contains("own"))
    #expect(!source.analyses.states.reports.map(\.declaration.name).contains("PyExc_ValueError"))
    #expect(!source.analyses.states.reports.map(\.declaration.name).contains("stderr"))
  }

  @Test func generatorsOwnVariables() throws {
    let text = """
      static int __pyx_lineno; static int __pyx_v_3mod_counter; static int __pyx_clineno;
      int f(void) { __pyx_v_3mod_counter++; return ++__pyx_lineno + __pyx_clineno; }
      """
    let units = try SourceModels.units([("mod.c", text)])
    let facts = SourceFileFacts(path: "mod.c", generator: .cython, mentions: [])
    let analyses = analyse(Linker.link(units: units, files: [facts]))
    let words = Dictionary(
      uniqueKeysWithValues: analyses.states.reports.map { ($0.declaration.name, $0.safety.word) })
    #expect(words["__pyx_lineno"] == "generated")
    #expect(words["__pyx_v_3mod_counter"] == "hazardous")
    // Without the generator's mark the names mean nothing.
    let plain = StateSource(units)
    #expect(plain.words("__pyx_lineno") == ["hazardous"])
  }

  @Test func namesOfGenerators() {
    #expect(GeneratedNames.isGenerators("__Pyx_CodeCache", of: .cython))
    #expect(!GeneratedNames.isGenerators("__pyx_v_1a_b", of: .cython))
    #expect(GeneratedNames.isGenerators("swig_types", of: .swig))
    #expect(!GeneratedNames.isGenerators("swig_types", of: .cffi))
    #expect(GeneratedNames.isGenerators("_cffi_types", of: .cffi))
    #expect(GeneratedNames.isGenerators("CPyStatics", of: .mypyc))
    #expect(GeneratedNames.isGenerators("f2py_init_", of: .f2py))
  }

  @Test func variableOnlyWrittenIsARaceWithItself() throws {
    let source = try StateSource(
      """
      static int last, unread;
      void f(int n) { last = n; }
      __attribute__((unused)) static void dead(void) { unread = 1; }
      """)
    #expect(source.words("last", "unread") == ["hazardous", "unreachable"])
  }

  @Test func atomicsOfPythonAndOfTheCompiler() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static int python_, compiler, cas;
      int f(void) {
        __sync_fetch_and_add(&compiler, 1);
        int zero = 0;
        __atomic_compare_exchange_n(&cas, &zero, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
        _Py_atomic_store_int(&python_, 1);
        return _Py_atomic_load_int(&python_) + __atomic_load_n(&compiler, 0);
      }
      """)
    #expect(source.words("python_", "compiler", "cas") == ["atomic", "atomic", "atomic"])
  }

  @Test func flagsSpeakForWhatTheyGuard() throws {
    let source = try StateSource(
      """
      static int ready; static int table[256]; static double scale; static int loner;
      static void build(void) { for (int i = 0; i < 256; i++) table[i] = i; scale = 2; }
      int f(int i) { if (!ready) { build(); ready = 1; } loner = i; return table[i] + (int)scale; }
      """)
    let leader = try source.report("ready")
    #expect(leader.hazard?.pattern == .lazyInitialised)
    #expect(
      leader.hazard?.companions == [try source.report("table").id, try source.report("scale").id])
    for name in ["table", "scale"] {
      let report = try source.report(name)
      #expect(
        report.companionOf == leader.id && report.hazard == nil && report.safety == .hazardous)
      #expect(report.proof == "races together with 'ready'")
    }
    #expect(try source.report("loner").companionOf == nil)
    #expect(
      source.analyses.states.hazards(.lazyInitialised).map(\.report.declaration.name) == ["ready"])
    #expect(source.analyses.states[leader.id] == leader)
  }

  @Test func whatOneCallerTestsIsNoConditionOfTheWrite() throws {
    let source = try StateSource(
      """
      static int ready; static int table[8];
      static void build(int n) { table[n] = n; }
      void f(int n) { if (!ready) { build(n); ready = 1; } }
      void g(int n) { build(n); }
      int h(int n) { return table[n]; }
      """)
    #expect(try source.report("table").companionOf == nil)
    #expect(source.pattern("table") == .mutableTable)
  }

  @Test func lockThatAllHoldMustBeOne() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static PyMutex locks[8]; static int striped; static struct { PyMutex mu; int n; } own;
      void f(int i) { PyMutex_Lock(&locks[i]); striped++; PyMutex_Unlock(&locks[i]); }
      void g(void) { PyMutex_Lock(&own.mu); own.n++; PyMutex_Unlock(&own.mu); }
      """)
    #expect(source.words("own") == ["guarded"])
    // Another element is another lock.
    withKnownIssue("elements of an array of locks are not told apart") {
      #expect(source.words("striped") == ["hazardous"])
    }
  }
}
