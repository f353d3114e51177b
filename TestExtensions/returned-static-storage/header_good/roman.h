static inline const char *roman(int number, char *text) {
  char *to = text;
  static const char *const symbols[] = {"X", "IX", "V", "IV", "I"};
  static const int values[] = {10, 9, 5, 4, 1};
  for (int i = 0; i < 5; i++) {
    for (; number >= values[i] && to < text + 20; number -= values[i]) {
      for (const char *from = symbols[i]; *from != 0; from++) {
        *to++ = *from;
      }
    }
  }
  *to = 0;
  return text;
}
