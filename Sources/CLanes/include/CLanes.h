// Bits of many patients at a time: the inner loops of the compiled guideline and of Arrow's columns, each built for what the processor has.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { CLANES_WORDS = 8 };

// From now on registers of at most so many bits are used: 128, 256 or 512. Returns how many they have here. For tests.
int clanes_width(int most);

// Turns a byte of code a patient into a row of those that have any code, and behind it a row for each value: code 1 is the first. What the rows
// hold is kept. `words` tells how many words of 64 patients are looked at; the codes of all 512 are there.
void clanes_seal(const uint8_t *codes, size_t words, size_t values, uint64_t *rows);

// Runs conjunctions over rows, in groups: how many rows each takes as they are, how many negated, how many they are, then for each the row that
// it writes and those rows. `size` is the length of the list.
void clanes_run(const int32_t *steps, size_t size, uint64_t *rows);

// Adds a row of bits for each output to its sum, carry-save: `carries` levels are full, and what comes out of them waits at the next, or is added
// to `bytes` where there is none. An output is a row, or the complement of the number of one that is negated. `sums` and `waiting` hold `levels`
// rows for each output, one level behind the other.
void clanes_add(
  const int32_t *outputs, size_t count, const uint64_t *rows, const uint64_t *valid, size_t carries, size_t levels, uint64_t *sums,
  uint64_t *waiting, uint64_t *bytes);

// A byte for each of 512 patients: 0 where both rows have its bit, 1 where only the second has it, 2 where neither has.
void clanes_spread(const uint64_t *certain, const uint64_t *possible, uint8_t *codes);

// Of codes, 64 a block, those are kept whose bit is set, from bit `first` of `bits` on; the others become 0.
void clanes_keep(const uint8_t *bits, size_t first, size_t blocks, uint8_t *codes);

// The code 1 for each bit that is set, from bit `first` on, 2 for the others; 64 a block.
void clanes_truths(const uint8_t *bits, size_t first, size_t blocks, uint8_t *codes);

// For each of some numbers the byte of a table of 256 at its place; the table's last for what is no whole number below 255. `kind` is 1, 2, 4 or
// 8 for whole numbers of so many bytes without a sign, 0 for doubles. The numbers may stand at any address.
void clanes_look(const void *numbers, int32_t kind, size_t count, const uint8_t *table, uint8_t *codes);
