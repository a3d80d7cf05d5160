#include "CPseudoTerminal.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#ifdef __APPLE__
#include <util.h>
#else
#include <pty.h>
#endif

pid_t islet_pseudo_terminal(
    const char *path, char *const arguments[], char *const environment[], int columns, int rows, int *handle) {
  struct winsize size = {(unsigned short)rows, (unsigned short)columns, 0, 0};
  pid_t process = forkpty(handle, NULL, NULL, &size);
  if (process == 0) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(path, arguments, environment);
    _exit(127);
  }
  return process;
}

int islet_pseudo_terminal_is_sane(int handle) {
  struct termios mode;
  if (tcgetattr(handle, &mode) != 0) return -1;
  return (mode.c_lflag & ICANON) != 0 && (mode.c_lflag & ECHO) != 0 && (mode.c_lflag & ISIG) != 0;
}

void islet_pseudo_terminal_resize(int handle, int columns, int rows) {
  struct winsize size = {(unsigned short)rows, (unsigned short)columns, 0, 0};
  ioctl(handle, TIOCSWINSZ, &size);
}

int islet_wait_stopped(int status) { return WIFSTOPPED(status); }

int islet_wait_exit(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }
