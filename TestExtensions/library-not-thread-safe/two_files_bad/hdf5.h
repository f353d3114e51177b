// What the fixture uses of HDF5.
#pragma once

typedef long hid_t;
typedef int herr_t;

extern herr_t H5Fclose(hid_t file);
extern herr_t H5Dclose(hid_t dataset);
extern hid_t H5Dopen2(hid_t location, const char *name, hid_t access);
extern herr_t H5Dread(hid_t dataset, hid_t type, hid_t memory, hid_t file, hid_t transfer, void *out);
