// PythonAPI
