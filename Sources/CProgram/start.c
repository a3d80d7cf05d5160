#include "CProgram.h"

#include <stddef.h>

static int count = 0;
static char **arguments = NULL;

// Both the GNU and Apple's C library hand these to what runs before main.
__attribute__((constructor)) static void keep(int given, char **values) {
  count = given;
  arguments = values;
}

int islet_argument_count(void) { return count; }

const char *islet_argument(int place) { return place >= 0 && place < count ? arguments[place] : NULL; }

// Swift's runtime looks for a program that prints traces of crashes beside this one, and ends where there is no /proc to find itself by. A
// release, which the linker tells to ask here instead, has none.
const char *__wrap_swift_copyAuxiliaryExecutablePath(const char *name) {
  (void)name;
  return NULL;
}
