#ifndef ISLET_CPROGRAM_H
#define ISLET_CPROGRAM_H

/// The commit that the program was built from, as make tells it; empty where it isn't known.
const char *islet_commit(void);

/// How many arguments the program was given, its own name among them. Swift reads them from /proc, which a bare chroot doesn't have.
int islet_argument_count(void);

/// The argument at a place from 0; NULL beyond the last.
const char *islet_argument(int place);

#endif
