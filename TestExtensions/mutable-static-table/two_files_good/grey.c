static const unsigned palette[4] = {0, 0x555555, 0xAAAAAA, 0xFFFFFF};

unsigned mutable_static_table_two_files_good_grey(unsigned index) {
  return palette[index / 4 % 4];
}
