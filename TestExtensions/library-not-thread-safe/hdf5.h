// What the fixtures use of HDF5; weak, so that they link and load without the library.
#pragma once

typedef long hid_t;
typedef int herr_t;
typedef unsigned long long hsize_t;

#define H5F_ACC_RDONLY 0u
#define H5P_DEFAULT 0
#define H5S_ALL 0
#define HDF5_WEAK __attribute__((weak))

#ifdef __cplusplus
extern "C" {
#endif

extern HDF5_WEAK hid_t H5Fopen(const char *name, unsigned flags, hid_t access);
extern HDF5_WEAK herr_t H5Fclose(hid_t file);
extern HDF5_WEAK herr_t H5Fflush(hid_t object, int scope);
extern HDF5_WEAK hid_t H5Dopen2(hid_t location, const char *name, hid_t access);
extern HDF5_WEAK hid_t H5Dget_space(hid_t dataset);
extern HDF5_WEAK herr_t H5Dread(hid_t dataset, hid_t memory_type, hid_t memory_space,
                                hid_t file_space, hid_t transfer, void *buffer);
extern HDF5_WEAK herr_t H5Dclose(hid_t dataset);
extern HDF5_WEAK herr_t H5Sclose(hid_t space);
extern HDF5_WEAK long long H5Sget_simple_extent_npoints(hid_t space);
extern HDF5_WEAK herr_t H5open(void);

#ifdef __cplusplus
}
#endif
