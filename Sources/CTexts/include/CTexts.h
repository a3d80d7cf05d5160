#ifndef ISLET_CTEXTS_H
#define ISLET_CTEXTS_H

#include <stddef.h>

/// A text file embedded in the program: its path inside CTexts and its bytes (UTF-8, not terminated).
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t count;
} islet_text;

/// How many texts are embedded.
size_t islet_text_count(void);

/// The text at a place from 0; NULL beyond the last.
const islet_text *islet_text_at(size_t place);

#endif
