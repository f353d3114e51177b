static const double table[4] = {0, 1, 1.4142135623730951, 1.7320508075688772};

double lazy_initialised_static_same_name_good_root(int index) {
  return table[index];
}
