from Cython.Build import cythonize
from setuptools import Extension, setup

setup(
    name="framework-cython-pyx-setup",
    ext_modules=cythonize([Extension("framework_cython_pyx_setup", ["framework_cython_pyx_setup.pyx"])], compiler_directives={"language_level": 3, "freethreading_compatible": True}),
)
