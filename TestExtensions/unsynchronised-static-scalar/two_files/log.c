extern int unsynchronised_static_scalar_two_files_level;

void unsynchronised_static_scalar_two_files_set_level(int level) {
  unsynchronised_static_scalar_two_files_level = level;
}
