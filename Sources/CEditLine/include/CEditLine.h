/// libedit for Swift: its variadic calls under fixed names, the standard streams, signals that only set flags, and the heap.
#ifndef ISLET_CEDITLINE_H
#define ISLET_CEDITLINE_H

#include <histedit.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

typedef char *(*islet_prompt_function)(EditLine *);
typedef int (*islet_key_function)(EditLine *, wchar_t *);
typedef unsigned char (*islet_command_function)(EditLine *, int);

/// An editor on the standard streams; NULL when there is no memory. `draws`: it draws prompt and line itself.
EditLine *islet_editor_new(const char *program, int draws);
void islet_editor_set_data(EditLine *editor, void *data);
void *islet_editor_data(EditLine *editor);
/// `mark` encloses what takes no column.
void islet_editor_set_prompt(EditLine *editor, islet_prompt_function prompt, char mark);
void islet_editor_set_reader(EditLine *editor, islet_key_function reader);
void islet_editor_add_command(EditLine *editor, const char *name, const char *help, islet_command_function command);
void islet_editor_bind(EditLine *editor, const char *key, const char *command);
/// Binds in vi's command mode too.
void islet_editor_bind_alternative(EditLine *editor, const char *key, const char *command);
void islet_editor_use_emacs(EditLine *editor);
/// The keys: emacs or vi. Bindings are undone.
void islet_editor_set_keys(EditLine *editor, const char *name);
/// Whether lines are edited (`edit off` in ~/.editrc switches it off).
int islet_editor_edits(EditLine *editor);
/// Whether it is in vi's mode (`bind -v` in ~/.editrc).
int islet_editor_is_vi(EditLine *editor);
void islet_editor_set_history(EditLine *editor, History *history);
/// Puts the terminal into the editor's mode (1) or its own (0).
void islet_editor_prepare_terminal(EditLine *editor, int editing);
/// Keeps what is typed while a command runs from being echoed; it is echoed when it is read.
void islet_editor_quiet_between_lines(EditLine *editor);
void islet_editor_move(EditLine *editor, int characters);
/// Puts another text in the place of the line, with the cursor behind so many of its characters. What was killed stays.
void islet_editor_set_line(EditLine *editor, const char *text, int cursor);
void islet_editor_refresh(EditLine *editor);

History *islet_history_new(int size);
void islet_history_enter(History *history, const char *line);
/// The number of lines that it holds.
int islet_history_count(History *history);

/// The columns that a character takes in the locale; negative for what can't be shown.
int islet_character_width(wchar_t character);
/// Writes to standard output through the stream that the editor uses.
void islet_output(const char *bytes, size_t count);

/// Takes over SIGINT, SIGTSTP, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH and SIGCONT: from now on they only set flags, and come
/// in during `islet_wait` alone. SIGTERM, SIGHUP and SIGTSTP stay ignored when they were.
void islet_signals_begin(void);
/// While a command runs SIGINT sets its flag at once and the others act as usual (1); at the prompt they wait (0).
void islet_signals_running(int running);
/// Gives the signals back.
void islet_signals_end(void);
/// Stops the process, as Ctrl-Z does, with the terminal as it was before the editor; comes back when it is continued.
void islet_signal_stop(void);
/// Whether a signal came in since it was last asked for.
int islet_signal_take(int number);
/// Waits until a handle can be read (1), the time is over (0) or a signal came in (-1). Negative: without end.
int islet_wait(int handle, int milliseconds);
/// Ends the process by a signal, as if it had never been caught.
void islet_signal_end_by(int number);

/// Names a file that isn't whole: it is deleted where SIGINT, SIGTERM, SIGHUP or SIGQUIT ends the program. Its place, or -1 where there is none.
int islet_unfinished_add(const char *path);
void islet_unfinished_remove(int place);

/// Lets the heap grow by so many bytes at a time, on every thread, where the C library can be told so.
void islet_heap_grows_by(size_t bytes);

/// Keeps memory of blocks of up to so many bytes, 32 MB at most, for the next ones, instead of handing it back at once.
void islet_heap_keeps(size_t bytes);

#endif
