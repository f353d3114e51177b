// Reaches out of the package.
#include "/etc/passwd"

int refused(void) {
  return 1;
}
