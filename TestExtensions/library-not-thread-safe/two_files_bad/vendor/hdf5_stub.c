// Stands for the library.
#include "../hdf5.h"

herr_t H5Fclose(hid_t file) { return file < 0 ? -1 : 0; }

herr_t H5Dclose(hid_t dataset) { return dataset < 0 ? -1 : 0; }

hid_t H5Dopen2(hid_t location, const char *name, hid_t access) {
  return location < 0 || name[0] == '\0' || access != 0 ? -1 : location + 1;
}

herr_t H5Dread(hid_t dataset, hid_t type, hid_t memory, hid_t file, hid_t transfer, void *out) {
  *(double *)out = (double)(dataset + type + memory + file + transfer);
  return 0;
}
