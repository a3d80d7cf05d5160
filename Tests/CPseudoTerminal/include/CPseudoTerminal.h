/// Starts a program in a terminal of its own, for tests.
#ifndef ISLET_CPSEUDOTERMINAL_H
#define ISLET_CPSEUDOTERMINAL_H

#include <sys/types.h>

/// The process, or -1; `handle` is the terminal's other end.
pid_t islet_pseudo_terminal(
    const char *path, char *const arguments[], char *const environment[], int columns, int rows, int *handle);
/// Whether the terminal edits lines itself and echoes, as a shell expects it: 1, 0, or -1 when it can't be asked.
int islet_pseudo_terminal_is_sane(int handle);
void islet_pseudo_terminal_resize(int handle, int columns, int rows);
/// Whether a wait status is that of a stopped process; else the exit status, 128 and more for a signal.
int islet_wait_stopped(int status);
int islet_wait_exit(int status);

#endif
