#include "CProgram.h"

const char *islet_commit(void) { return ISLET_COMMIT; }
