"""The C says 'used' unless the macro says otherwise, and the build sets the macro."""

from setuptools import Extension, setup

setup(
    name="framework-cython-define-good",
    ext_modules=[
        Extension(
            "framework_cython_define_good",
            ["module.c"],
            define_macros=[("CYTHON_FREETHREADING_COMPATIBLE", "1")],
        )
    ],
)
