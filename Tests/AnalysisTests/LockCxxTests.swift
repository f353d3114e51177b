import ProgramModel
import Testing

@testable import Analysis

/// Guards, lambdas and the rest of C++.
@Suite struct LockCxxTests {
  @Test func standardGuardsHoldForTheirScope() throws {
    let source = try MarkedSource(
      """
      #include <mutex>
      #include <shared_mutex>
      static std::mutex m, n; static std::shared_mutex s;
      struct Obj { std::mutex mu; int f(int c) { std::lock_guard<std::mutex> g(mu); here(1); return c; } };
      int f(int c) {
        { std::lock_guard<std::mutex> g(m); here(2); if (c) return 1; here(3); }
        here(4);
        { std::scoped_lock g(m, n); here(5); }
        { std::shared_lock g(s); here(6); }
        { std::unique_lock<std::mutex> g(m); here(7); g.unlock(); here(8); g.lock(); here(9); }
        { std::unique_lock g(m, std::defer_lock); here(10); g.lock(); here(11); }
        here(12);
        { std::unique_lock g(m, std::try_to_lock); if (g) here(13); here(14); if (!g.owns_lock()) return 2; here(15); }
        { std::lock(m, n); std::lock_guard<std::mutex> g(m, std::adopt_lock); here(16); n.unlock(); here(17); }
        here(18);
        if (m.try_lock()) { here(19); m.unlock(); }
        return 0;
      }
      """, isCxx: true)
    #expect(
      (1...19).map { source.held($0) }
        == [
          ["this->mu"], ["m"], ["m"], [], ["m", "n"], ["shared s"], ["m"], [], ["m"], [], ["m"],
          [], ["m"], [], ["m"], ["m", "n"], ["m"], [], ["m"],
        ])
  }

  @Test func guardsOfThePackageAreUnderstood() throws {
    let source = try MarkedSource(
      """
      #include <mutex>
      static std::mutex m;
      #include <Python.h>
      struct ByPointer {
        std::mutex *l; explicit ByPointer(std::mutex *q) : l(q) { l->lock(); }
        ~ByPointer() { l->unlock(); }
      };
      struct ByReference {
        std::mutex &l; explicit ByReference(std::mutex &q) : l(q) { l.lock(); }
        ~ByReference() { l.unlock(); }
      };
      struct Wrapping { std::unique_lock<std::mutex> l; explicit Wrapping(std::mutex &q) : l(q) {} };
      template <class M> struct Template {
        M *l; explicit Template(M &q) : l(&q) { l->lock(); }
        ~Template() { l->unlock(); }
      };
      struct Section {
        PyCriticalSection cs; explicit Section(PyObject *o) { PyCriticalSection_Begin(&cs, o); }
        ~Section() { PyCriticalSection_End(&cs); }
      };
      struct Obj {
        std::mutex mu;
        std::unique_lock<std::mutex> take() { return std::unique_lock<std::mutex>(mu); }
      };
      std::mutex &get() { static std::mutex q; return q; }
      static void inner() { ByReference r(m); here(1); }
      void f(Obj &o, PyObject *object) {
        { ByPointer g(&m); here(2); } here(3);
        { ByReference g(m); here(4); } here(5);
        { Wrapping g(m); here(6); } here(7);
        { Template<std::mutex> g(m); here(8); } here(9);
        { Section g(object); here(10); } here(11);
        { auto g = o.take(); here(12); } here(13);
        std::lock_guard<std::mutex> outer(o.mu); here(14); inner(); here(15);
      }
      """, isCxx: true)
    #expect(
      (1...15).map { source.held($0) }
        == [
          ["m"], ["m"], [], ["m"], [], ["m"], [], ["m"], [], ["object"], [], ["o->mu"], [],
          ["o->mu"], ["o->mu"],
        ])
  }

  @Test func onceRunsLambdasAndStaticsAreGuarded() throws {
    let source = try MarkedSource(
      """
      #include <mutex>
      static std::once_flag flag; static int x;
      static void named(int k) { here(1); x = k; }
      static int make() { here(2); return 3; }
      void f(int k) {
        std::call_once(flag, [&] { here(3); x = k; });
        here(4);
        std::call_once(flag, named, 3);
        static int z = make();
        here(5);
        x = z;
      }
      """, isCxx: true)
    #expect(
      (1...5).map { source.held($0) }
        == [
          ["done flag", "once flag"], ["done flag", "once z"], ["once flag"], ["done flag"],
          ["done flag", "done z"],
        ])
  }

  @Test func exceptionsLeaveTheGuardsOfTheirBlock() throws {
    let source = try MarkedSource(
      """
      #include <mutex>
      static std::mutex m; void work();
      void f() {
        try { std::lock_guard<std::mutex> g(m); work(); here(1); } catch (...) { here(2); }
        here(3);
        m.lock();
        try { work(); here(4); } catch (...) { here(5); }
        here(6);
        m.unlock();
      }
      """, isCxx: true)
    #expect((1...6).map { source.held($0) } == [["m"], [], [], ["m"], ["m"], ["m"]])
  }
}
