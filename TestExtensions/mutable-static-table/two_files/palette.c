unsigned two_files_palette[16] = {0, 0xFFFFFF};  // expect: mutable-static-table

unsigned two_files_nearest(unsigned colour) {
  unsigned best = 0;
  for (unsigned i = 1; i < 16; i++) {
    unsigned old = two_files_palette[best] ^ colour;
    unsigned now = two_files_palette[i] ^ colour;
    best = now < old ? i : best;
  }
  return best;
}
