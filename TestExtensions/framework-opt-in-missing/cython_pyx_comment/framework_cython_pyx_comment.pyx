"""Names freethreading_compatible in words only."""  # expect: framework-opt-in-missing
# One day: freethreading_compatible=True, once the counter below has a lock.

cdef int total = 0


def answer():
    return 42
