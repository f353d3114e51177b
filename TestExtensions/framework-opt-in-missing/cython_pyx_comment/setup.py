from Cython.Build import cythonize
from setuptools import Extension, setup

setup(
    name="framework-cython-pyx-comment",
    ext_modules=cythonize([Extension("framework_cython_pyx_comment", ["framework_cython_pyx_comment.pyx"])]),
)
