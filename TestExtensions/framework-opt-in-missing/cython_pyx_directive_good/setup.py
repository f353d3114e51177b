from Cython.Build import cythonize
from setuptools import Extension, setup

setup(
    name="framework-cython-pyx-directive",
    ext_modules=cythonize([Extension("framework_cython_pyx_directive", ["framework_cython_pyx_directive.pyx"])]),
)
