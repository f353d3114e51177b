"""The limited API only where there is one."""

import sysconfig

from setuptools import Extension, setup

LIMITED = not sysconfig.get_config_var("Py_GIL_DISABLED")

setup(
    name="limited-api-setup-py-good",
    ext_modules=[
        Extension(
            "limited_api_setup_py_good",
            ["module.c"],
            define_macros=[("Py_LIMITED_API", "0x030D0000")] if LIMITED else [],
            py_limited_api=LIMITED,
        )
    ],
)
