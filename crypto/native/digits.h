/* A scalar as signed digits of five bits, for fixed-window multiplication and exponentiation. */
#ifndef DIGITS_H
#define DIGITS_H

#include "fq.h"

#define DIGITS_WIDTH 5
#define DIGITS_LARGEST 16 /* digits run from -15 to 16 */
#define DIGITS_MOST 206
#define DIGITS_OF_FQ 205 /* of a scalar of FQ_BITS bits */

typedef struct {
    uint64_t magnitude;
    ct_mask negative;
} digit;

typedef struct {
    size_t count; /* public */
    digit digit[DIGITS_MOST];
} digits;

/* k = sum of digit[i] 32^i, for k < 2^bits; bits is public. Constant time in k. */
void digits_recode(digits *r, const fq *k, size_t bits);

/* r = entry number magnitude of a table of DIGITS_LARGEST entries, counted from 1, of that many words each, which
 * is a multiple of 16; zeros for magnitude 0. Every entry is read, whatever the digit is. */
void digits_look_up(uint64_t *r, const uint64_t *table, size_t words, digit d);

/* Ask for a stretch of a table that will be read soon, so that it comes from memory while we compute. */
static inline void digits_fetch(const void *stretch, size_t len)
{
    for (size_t at = 0; at < len; at += 64)
        __builtin_prefetch((const uint8_t *)stretch + at);
}

#endif
