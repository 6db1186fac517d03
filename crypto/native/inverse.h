/* 1/a modulo an odd number of 16 words, in constant time, for numbers in no special form. */
#ifndef INVERSE_H
#define INVERSE_H

#include "limbs.h"

#define INVERSE_WORDS 16

/* r = 1/a mod m, 0 if a = 0. a < m, m odd, n0 = -1/m mod 2^64, and a has no factor in common with m. r may be a. */
void inverse_mod(uint64_t r[INVERSE_WORDS], const uint64_t a[INVERSE_WORDS], const uint64_t m[INVERSE_WORDS],
    uint64_t n0);

#endif
