static PyThreadState *static_thread_state_header_state;  // expect: static-thread-state

static inline void leave_python(void) {
  static_thread_state_header_state = PyEval_SaveThread();
}

static inline void enter_python(void) {
  PyEval_RestoreThread(static_thread_state_header_state);
}
