#define _GNU_SOURCE
#include "CEditLine.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>


void islet_editor_set_data(EditLine *editor, void *data) { el_set(editor, EL_CLIENTDATA, data); }

void *islet_editor_data(EditLine *editor) {
  void *data = NULL;
  el_get(editor, EL_CLIENTDATA, &data);
  return data;
}

void islet_editor_set_prompt(EditLine *editor, islet_prompt_function prompt, char mark) {
  el_set(editor, EL_PROMPT_ESC, prompt, mark);
}

void islet_editor_set_reader(EditLine *editor, islet_key_function reader) { el_set(editor, EL_GETCFN, reader); }

void islet_editor_add_command(EditLine *editor, const char *name, const char *help, islet_command_function command) {
  el_set(editor, EL_ADDFN, name, help, command);
}

void islet_editor_bind(EditLine *editor, const char *key, const char *command) {
  el_set(editor, EL_BIND, key, command, NULL);
}

void islet_editor_bind_alternative(EditLine *editor, const char *key, const char *command) {
  el_set(editor, EL_BIND, "-a", key, command, NULL);
}

void islet_editor_use_emacs(EditLine *editor) {
  el_set(editor, EL_SIGNAL, 0);
  el_set(editor, EL_EDITOR, "emacs");
}

void islet_editor_set_keys(EditLine *editor, const char *name) { el_set(editor, EL_EDITOR, name); }

int islet_editor_edits(EditLine *editor) {
  int edits = 0;
  el_get(editor, EL_EDITMODE, &edits);
  return edits;
}

int islet_editor_is_vi(EditLine *editor) {
  const char *name = NULL;
  return el_get(editor, EL_EDITOR, &name) == 0 && name != NULL && name[0] == 'v';
}

void islet_editor_set_history(EditLine *editor, History *events) { el_set(editor, EL_HIST, history, events); }

void islet_editor_prepare_terminal(EditLine *editor, int editing) { el_set(editor, EL_PREP_TERM, editing); }

void islet_editor_quiet_between_lines(EditLine *editor) { el_set(editor, EL_SETTY, "-x", "-echo", NULL); }

void islet_editor_move(EditLine *editor, int characters) { el_cursor(editor, characters); }

void islet_editor_set_line(EditLine *editor, const char *text, int cursor) {
  // libedit hands out the line itself, not a copy; what it deletes by its own calls would take the place of what was killed.
  LineInfoW *line = (LineInfoW *)(uintptr_t)el_wline(editor);
  if (text[0] == 0 || el_replacestr(editor, text) != 0) {
    line->lastchar = (wchar_t *)(uintptr_t)line->buffer;
    *(wchar_t *)(uintptr_t)line->lastchar = 0;
  }
  line->cursor = line->buffer + (cursor < line->lastchar - line->buffer ? cursor : line->lastchar - line->buffer);
}

void islet_editor_refresh(EditLine *editor) { el_set(editor, EL_REFRESH); }

History *islet_history_new(int size) {
  History *events = history_init();
  HistEvent event;
  if (events == NULL) return NULL;
  history(events, &event, H_SETSIZE, size);
  history(events, &event, H_SETUNIQUE, 1);
  return events;
}

void islet_history_enter(History *events, const char *line) {
  HistEvent event;
  history(events, &event, H_ENTER, line);
}

int islet_history_count(History *events) {
  HistEvent event;
  return history(events, &event, H_GETSIZE) < 0 ? 0 : event.num;
}

int islet_character_width(wchar_t character) { return wcwidth(character); }

void islet_output(const char *bytes, size_t count) {
  fwrite(bytes, 1, count, stdout);
  fflush(stdout);
}

// MARK: Signals

enum { SIGNALS = 7 };
static const int numbers[SIGNALS] = {SIGINT, SIGTSTP, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGCONT};
static volatile sig_atomic_t caught[SIGNALS];
static struct sigaction before[SIGNALS];
static sigset_t outside;
static int begun;
/// The terminal as it was before the editor; `has_mode` when it is known.
static struct termios mode_before;
static int has_mode;

static void catch_signal(int number) {
  for (int place = 0; place < SIGNALS; place++)
    if (numbers[place] == number) caught[place] = 1;
}

static void unlink_unfinished(void);

/// While a command runs: the signal acts as usual, on a terminal that is as it was before.
static void act_as_usual(int number) {
  int kept = errno;
  if (number != SIGTSTP) unlink_unfinished();
  struct termios now;
  struct sigaction handler;
  sigset_t only;
  int known = has_mode && tcgetattr(STDIN_FILENO, &now) == 0;
  if (known) tcsetattr(STDIN_FILENO, TCSANOW, &mode_before);
  sigaction(number, NULL, &handler);
  signal(number, SIG_DFL);
  sigemptyset(&only);
  sigaddset(&only, number);
  raise(number);
  sigprocmask(SIG_UNBLOCK, &only, NULL);
  // Continued after a stop.
  sigaction(number, &handler, NULL);
  if (known) tcsetattr(STDIN_FILENO, TCSANOW, &now);
  errno = kept;
}

// MARK: Files that aren't whole

enum { UNFINISHED = 8, LONGEST = 4096 };
static char unfinished[UNFINISHED][LONGEST];
static volatile sig_atomic_t is_unfinished[UNFINISHED];
static const int endings[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

static void unlink_unfinished(void) {
  for (int place = 0; place < UNFINISHED; place++)
    if (is_unfinished[place]) unlink(unfinished[place]);
}

static void end_unfinished(int number) {
  unlink_unfinished();
  signal(number, SIG_DFL);
  raise(number);
}

int islet_unfinished_add(const char *path) {
  size_t length = strlen(path);
  if (length >= LONGEST) return -1;
  for (int place = 0; place < UNFINISHED; place++) {
    if (is_unfinished[place]) continue;
    memcpy(unfinished[place], path, length + 1);
    is_unfinished[place] = 1;
    // A signal that is ignored or caught is left to whoever does so.
    for (size_t ending = 0; ending < sizeof endings / sizeof *endings; ending++) {
      struct sigaction now;
      if (sigaction(endings[ending], NULL, &now) == 0 && now.sa_handler == SIG_DFL) signal(endings[ending], end_unfinished);
    }
    return place;
  }
  return -1;
}

void islet_unfinished_remove(int place) {
  if (place >= 0 && place < UNFINISHED) is_unfinished[place] = 0;
}

static int acts_as_usual(int number) { return number != SIGINT && number != SIGWINCH && number != SIGCONT; }

static int stays_ignored(int place) {
  return before[place].sa_handler == SIG_IGN && numbers[place] != SIGINT && acts_as_usual(numbers[place]);
}

static void install(int running) {
  struct sigaction action = {0};
  sigemptyset(&action.sa_mask);
  for (int place = 0; place < SIGNALS; place++) {
    if (stays_ignored(place)) continue;
    action.sa_handler = running && acts_as_usual(numbers[place]) ? act_as_usual : catch_signal;
    action.sa_flags = running ? SA_RESTART : 0;
    sigaction(numbers[place], &action, NULL);
  }
}

void islet_signals_begin(void) {
  sigset_t blocked;
  if (begun) return;
  begun = 1;
  sigemptyset(&blocked);
  for (int place = 0; place < SIGNALS; place++) {
    sigaction(numbers[place], NULL, &before[place]);
    sigaddset(&blocked, numbers[place]);
    caught[place] = 0;
  }
  sigprocmask(SIG_BLOCK, &blocked, &outside);
  install(0);
}

void islet_signals_running(int running) {
  sigset_t blocked;
  if (!begun) return;
  if (running) {
    install(1);
    sigprocmask(SIG_SETMASK, &outside, NULL);
    return;
  }
  sigemptyset(&blocked);
  for (int place = 0; place < SIGNALS; place++) sigaddset(&blocked, numbers[place]);
  sigprocmask(SIG_BLOCK, &blocked, NULL);
  install(0);
}

void islet_signals_end(void) {
  if (!begun) return;
  begun = 0;
  for (int place = 0; place < SIGNALS; place++) sigaction(numbers[place], &before[place], NULL);
  sigprocmask(SIG_SETMASK, &outside, NULL);
}

void islet_signal_stop(void) {
  if (has_mode) tcsetattr(STDIN_FILENO, TCSANOW, &mode_before);
  raise(SIGSTOP);
}

int islet_signal_take(int number) {
  for (int place = 0; place < SIGNALS; place++) {
    if (numbers[place] == number && caught[place]) {
      caught[place] = 0;
      return 1;
    }
  }
  return 0;
}

// A stream that takes everything and asks the system for nothing: libedit writes each key to it.
#ifdef __APPLE__
static int swallow(void *cookie, const char *bytes, int count) { return count; }
static FILE *nowhere_new(void) { return funopen(NULL, NULL, swallow, NULL, NULL); }
#else
static ssize_t swallow(void *cookie, const char *bytes, size_t count) { return (ssize_t)count; }
static FILE *nowhere_new(void) { return fopencookie(NULL, "w", (cookie_io_functions_t){.write = swallow}); }
#endif

EditLine *islet_editor_new(const char *program, int draws) {
  FILE *nowhere = draws ? NULL : nowhere_new();
  has_mode = tcgetattr(STDIN_FILENO, &mode_before) == 0;
  if (nowhere == NULL) return draws ? el_init(program, stdin, stdout, stderr) : NULL;
  return el_init_fd(program, stdin, nowhere, stderr, STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO);
}

int islet_wait(int handle, int milliseconds) {
  fd_set handles;
  struct timespec limit = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
  // A signal may have come in on another thread.
  for (int place = 0; begun && milliseconds < 0 && place < SIGNALS; place++)
    if (caught[place]) return -1;
  FD_ZERO(&handles);
  FD_SET(handle, &handles);
  int count = pselect(handle + 1, &handles, NULL, NULL, milliseconds < 0 ? NULL : &limit, begun ? &outside : NULL);
  if (count < 0) return errno == EINTR ? -1 : 1;
  return count > 0;
}

void islet_signal_end_by(int number) {
  sigset_t only;
  signal(number, SIG_DFL);
  sigemptyset(&only);
  sigaddset(&only, number);
  raise(number);
  sigprocmask(SIG_UNBLOCK, &only, NULL);
}

#ifdef __GLIBC__
#include <malloc.h>
void islet_heap_grows_by(size_t bytes) { mallopt(M_TOP_PAD, (int)bytes); }
void islet_heap_keeps(size_t bytes) {
  mallopt(M_MMAP_THRESHOLD, (int)bytes);
  mallopt(M_TRIM_THRESHOLD, (int)bytes);
}
#else
void islet_heap_grows_by(size_t bytes) { (void)bytes; }
void islet_heap_keeps(size_t bytes) { (void)bytes; }
#endif
