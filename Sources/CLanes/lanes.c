#include "CLanes.h"

#include <string.h>

// The compiler makes of these the widest registers that a function may use.
typedef uint64_t Lanes __attribute__((vector_size(64), aligned(8)));
typedef uint8_t Codes __attribute__((vector_size(64)));
typedef _Bool Bits __attribute__((ext_vector_type(64)));

#define INLINE static inline __attribute__((always_inline))
#define ROW(rows, place) ((Lanes *)(rows) + (place))

INLINE uint64_t bits(const uint8_t *codes, uint8_t code) {
  Codes loaded;
  memcpy(&loaded, codes, sizeof loaded);
  Bits equal = __builtin_convertvector(loaded == code, Bits);
  uint64_t found;
  memcpy(&found, &equal, sizeof found);
  return found;
}

INLINE void seal(const uint8_t *codes, size_t words, size_t values, uint64_t *rows) {
  for (size_t word = 0; word < words; word++) {
    const uint8_t *here = codes + word * 64;
    uint64_t stated = ~bits(here, 0);
    if (stated == 0) continue;
    rows[word] |= stated;
    for (size_t value = 1; value <= values; value++) rows[value * CLANES_WORDS + word] |= bits(here, (uint8_t)value);
  }
}

INLINE const int32_t *conjoin(const int32_t *step, int32_t count, int32_t plain, int32_t negated, uint64_t *rows) {
  for (; count > 0; count--, step += 1 + plain + negated) {
    Lanes all = ~(Lanes){0};
    for (int32_t place = 1; place <= plain; place++) all &= *ROW(rows, step[place]);
    for (int32_t place = plain + 1; place <= plain + negated; place++) all &= ~*ROW(rows, step[place]);
    *ROW(rows, step[0]) = all;
  }
  return step;
}

INLINE void run(const int32_t *step, size_t size, uint64_t *rows) {
  const int32_t *end = step + size;
  while (step < end) {
    int32_t plain = step[0], negated = step[1], count = step[2];
    step += 3;
    // Those of two and three rows, of which nearly all are, without a loop within the loop.
    switch (plain * 4 + negated + (plain > 3 || negated > 3) * 64) {
    case 8: step = conjoin(step, count, 2, 0, rows); break;
    case 5: step = conjoin(step, count, 1, 1, rows); break;
    case 2: step = conjoin(step, count, 0, 2, rows); break;
    case 12: step = conjoin(step, count, 3, 0, rows); break;
    case 9: step = conjoin(step, count, 2, 1, rows); break;
    case 6: step = conjoin(step, count, 1, 2, rows); break;
    case 3: step = conjoin(step, count, 0, 3, rows); break;
    default: step = conjoin(step, count, plain, negated, rows);
    }
  }
}

INLINE void add(
  const int32_t *outputs, size_t count, const uint64_t *rows, const uint64_t *valid, size_t carries, size_t levels, uint64_t *sums,
  uint64_t *waiting, uint64_t *bytes
) {
  const Lanes kept = *ROW(valid, 0);
  for (size_t place = 0; place < count; place++) {
    int32_t output = outputs[place];
    Lanes carried = (output < 0 ? ~*ROW(rows, ~output) : *ROW(rows, output)) & kept;
    size_t slot = place;
    for (size_t level = 0; level < carries && level < levels; level++, slot += count) {
      Lanes sum = *ROW(sums, slot), other = *ROW(waiting, slot), either = sum ^ other;
      *ROW(sums, slot) = either ^ carried;
      carried = (sum & other) | (either & carried);
    }
    if (carries < levels) {
      *ROW(waiting, slot) = carried;
      continue;
    }
    // The number of ones in each byte.
    carried -= (carried >> 1) & 0x5555555555555555;
    carried = (carried & 0x3333333333333333) + ((carried >> 2) & 0x3333333333333333);
    *ROW(bytes, place) += (carried + (carried >> 4)) & 0x0F0F0F0F0F0F0F0F;
  }
}

INLINE void spread(const uint64_t *certain, const uint64_t *possible, uint8_t *codes) {
  for (size_t word = 0; word < CLANES_WORDS; word++) {
    Bits first, second;
    memcpy(&first, certain + word, sizeof first);
    memcpy(&second, possible + word, sizeof second);
    Codes spread = 2 - __builtin_convertvector(first, Codes) - __builtin_convertvector(second, Codes);
    memcpy(codes + word * 64, &spread, sizeof spread);
  }
}

// The 64 bits from a place on; no byte behind the last of them is read.
INLINE Bits bits_from(const uint8_t *bits, size_t first) {
  uint64_t word;
  memcpy(&word, bits + first / 8, sizeof word);
  if (first % 8) word = word >> first % 8 | (uint64_t)bits[first / 8 + 8] << (64 - first % 8);
  Bits found;
  memcpy(&found, &word, sizeof found);
  return found;
}

INLINE void keep(const uint8_t *bits, size_t first, size_t blocks, uint8_t *codes) {
  for (size_t block = 0; block < blocks; block++) {
    Codes kept;
    memcpy(&kept, codes + block * 64, sizeof kept);
    kept &= -__builtin_convertvector(bits_from(bits, first + block * 64), Codes);
    memcpy(codes + block * 64, &kept, sizeof kept);
  }
}

INLINE void truths(const uint8_t *bits, size_t first, size_t blocks, uint8_t *codes) {
  for (size_t block = 0; block < blocks; block++) {
    Codes told = 2 - __builtin_convertvector(bits_from(bits, first + block * 64), Codes);
    memcpy(codes + block * 64, &told, sizeof told);
  }
}

// Numbers become places in the table, many at a time, before they are looked up.
#define PLACES(type, place) \
  for (size_t start = 0; start < count; start += 64) { \
    size_t end = count - start < 64 ? count - start : 64; \
    uint8_t places[64]; \
    for (size_t row = 0; row < end; row++) { \
      type number; \
      memcpy(&number, (const char *)numbers + (start + row) * sizeof number, sizeof number); \
      places[row] = (uint8_t)(place); \
    } \
    for (size_t row = 0; row < end; row++) codes[start + row] = table[places[row]]; \
  }

// The place of a number that is a whole one below 256, else 255: beside two to the 52nd a number's last bits are its ones.
INLINE uint64_t whole(double number) {
  const double large = 4503599627370496;
  double beside = number + large;
  uint64_t bits;
  memcpy(&bits, &beside, sizeof bits);
  bits ^= 0x4330000000000000;
  return (beside - large == number) & (bits < 255) ? bits : 255;
}

INLINE void look(const void *numbers, int32_t kind, size_t count, const uint8_t *table, uint8_t *codes) {
  switch (kind) {
  case 1: PLACES(uint8_t, number) break;
  case 2: PLACES(uint16_t, number < 255 ? number : 255) break;
  case 4: PLACES(uint32_t, number < 255 ? number : 255) break;
  case 8: PLACES(uint64_t, number < 255 ? number : 255) break;
  default: PLACES(double, whole(number))
  }
}

#define SEAL (const uint8_t *codes, size_t words, size_t values, uint64_t *rows)
#define RUN (const int32_t *steps, size_t size, uint64_t *rows)
#define ADD \
  (const int32_t *outputs, size_t count, const uint64_t *rows, const uint64_t *valid, size_t carries, size_t levels, uint64_t *sums, \
   uint64_t *waiting, uint64_t *bytes)

#define SPREAD (const uint64_t *certain, const uint64_t *possible, uint8_t *codes)
#define BITS (const uint8_t *bits, size_t first, size_t blocks, uint8_t *codes)
#define LOOK (const void *numbers, int32_t kind, size_t count, const uint8_t *table, uint8_t *codes)

#if defined(__x86_64__)
#include <cpuid.h>
#include <stdatomic.h>

// How many bits the registers have.
static int widest(void) {
  unsigned a, b, c, d, kept = 0;
  int width = 128;
  if (__get_cpuid(1, &a, &b, &c, &d) && c & bit_OSXSAVE) {
    // What the system keeps of registers.
    __asm__("xgetbv" : "=a"(kept), "=d"(d) : "c"(0));
  }
  if ((kept & 6) == 6 && __get_cpuid_count(7, 0, &a, &b, &c, &d)) {
    const unsigned wider = bit_AVX2 | bit_BMI | bit_BMI2, all = wider | bit_AVX512F | bit_AVX512BW | bit_AVX512VL;
    if ((b & wider) == wider) width = 256;
    if ((b & all) == all && (kept & 0xE0) == 0xE0) width = 512;
  }
  return width;
}

static _Atomic int used;

// How many bits the registers have that are used. It is found out when it is first asked for: on a virtual machine that is slow.
static int width(void) {
  int width = atomic_load_explicit(&used, memory_order_relaxed);
  return width ? width : clanes_width(512);
}

int clanes_width(int most) {
  int width = widest();
  if (width > most) width = most;
  atomic_store_explicit(&used, width, memory_order_relaxed);
  return width;
}

// Two more of each: for processors with registers of 512 bits, and of 256.
#define WIDEST __attribute__((target("avx512f,avx512bw,avx512vl,bmi,bmi2")))
#define WIDER __attribute__((target("avx2,bmi,bmi2")))
#define EACH(name, parameters, arguments) \
  WIDEST static void name##_512 parameters { name arguments; } \
  WIDER static void name##_256 parameters { name arguments; } \
  void clanes_##name parameters { \
    switch (width()) { \
    case 512: return name##_512 arguments; \
    case 256: return name##_256 arguments; \
    default: return name arguments; \
    } \
  }
#else
int clanes_width(int most) { return most < 128 ? most : 128; }

#define EACH(name, parameters, arguments) \
  void clanes_##name parameters { name arguments; }
#endif

EACH(seal, SEAL, (codes, words, values, rows))
EACH(run, RUN, (steps, size, rows))
EACH(add, ADD, (outputs, count, rows, valid, carries, levels, sums, waiting, bytes))
EACH(spread, SPREAD, (certain, possible, codes))
EACH(keep, BITS, (bits, first, blocks, codes))
EACH(truths, BITS, (bits, first, blocks, codes))
EACH(look, LOOK, (numbers, kind, count, table, codes))
