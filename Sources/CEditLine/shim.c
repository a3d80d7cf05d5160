#include "CEditLine.h"
void islet_stub(void) {}
