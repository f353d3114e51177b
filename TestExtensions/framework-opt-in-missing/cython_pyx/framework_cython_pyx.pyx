"""No C is shipped, and nothing opts in."""  # expect: framework-opt-in-missing

cdef int total = 0


def answer():
    return 42
