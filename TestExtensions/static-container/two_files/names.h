struct name {
  struct name *next;
  char *text;
};

extern struct name *two_files_names;
int two_files_has_name(const char *text);
