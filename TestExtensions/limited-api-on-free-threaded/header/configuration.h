// Configuration shared by the sources.
#ifndef LIMITED_API_HEADER_H
#define LIMITED_API_HEADER_H

#define Py_LIMITED_API 0x030D0000  // expect: limited-api-on-free-threaded

#endif
