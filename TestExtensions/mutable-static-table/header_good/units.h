struct unit {
  const char *name;
  double factor;
};

static struct unit units[] = {
    {"metre", 1.0},
    {"foot", 0.3048},
    {"pace", 0.75},
};

static inline struct unit *find_unit(const char *name) {
  for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
    if (strcmp(units[i].name, name) == 0) {
      return &units[i];
    }
  }
  return NULL;
}
