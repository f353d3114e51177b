"""No C is shipped; the build has the directive."""

cdef int total = 0


def answer():
    return 42
