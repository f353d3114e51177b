from Cython.Build import cythonize
from setuptools import Extension, setup

setup(
    name="framework-cython-pyx",
    ext_modules=cythonize([Extension("framework_cython_pyx", ["framework_cython_pyx.pyx"])]),
)
