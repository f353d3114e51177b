# cython: freethreading_compatible=True
"""No C is shipped; the file has the directive."""

cdef int total = 0


def answer():
    return 42
