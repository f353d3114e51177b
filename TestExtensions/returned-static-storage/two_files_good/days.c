static const char *const names[7] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

const char *returned_static_storage_two_files_good_day(unsigned long day) {
  return names[day % 7];
}
