"""The limited API everywhere."""

from setuptools import Extension, setup

setup(
    name="limited-api-setup-py",
    ext_modules=[
        Extension(
            "limited_api_setup_py",
            ["module.c"],
            define_macros=[("Py_LIMITED_API", "0x030D0000")],  # expect: limited-api-on-free-threaded
            py_limited_api=True,
        )
    ],
)
