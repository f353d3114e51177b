"""No C is shipped; the build has the directive."""


def answer():
    return 42
