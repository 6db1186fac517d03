/* Whole numbers of n 64-bit words, least significant first, and Montgomery arithmetic on them.
 *
 * Every function is inline and n is a constant at each call, so the compiler unrolls for 16 words (SAKKE)
 * and for 4 (P-256 scalars). All of it runs in time that depends on n alone. */
#ifndef LIMBS_H
#define LIMBS_H

#include "ct.h"

#define LIMBS_INLINE static inline __attribute__((always_inline))
#define LIMBS_MAX 16

__extension__ typedef unsigned __int128 limbs_wide;

/* r = a + b; returns the carry. */
LIMBS_INLINE uint64_t limbs_add(uint64_t *r, const uint64_t *a, const uint64_t *b, size_t n)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < n; i++) {
        limbs_wide sum = (limbs_wide)a[i] + b[i] + carry;
        r[i] = (uint64_t)sum;
        carry = (uint64_t)(sum >> 64);
    }
    return carry;
}

/* r = a - b; returns the borrow. */
LIMBS_INLINE uint64_t limbs_sub(uint64_t *r, const uint64_t *a, const uint64_t *b, size_t n)
{
    uint64_t borrow = 0;
    for (size_t i = 0; i < n; i++) {
        limbs_wide difference = (limbs_wide)a[i] - b[i] - borrow;
        r[i] = (uint64_t)difference;
        borrow = (uint64_t)(difference >> 64) & 1;
    }
    return borrow;
}

/* r = mask ? a : b. */
LIMBS_INLINE void limbs_select(uint64_t *r, ct_mask mask, const uint64_t *a, const uint64_t *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        r[i] = b[i] ^ (mask & (a[i] ^ b[i]));
}

LIMBS_INLINE ct_mask limbs_equal(const uint64_t *a, const uint64_t *b, size_t n)
{
    uint64_t difference = 0;
    for (size_t i = 0; i < n; i++)
        difference |= a[i] ^ b[i];
    return ct_is_zero(difference);
}

LIMBS_INLINE ct_mask limbs_is_zero(const uint64_t *a, size_t n)
{
    uint64_t any = 0;
    for (size_t i = 0; i < n; i++)
        any |= a[i];
    return ct_is_zero(any);
}

LIMBS_INLINE ct_mask limbs_less_than(const uint64_t *a, const uint64_t *b, size_t n)
{
    uint64_t scratch[LIMBS_MAX];
    return ct_from_bit(limbs_sub(scratch, a, b, n));
}

/* Big-endian octets, 8 n of them. */
LIMBS_INLINE void limbs_from_octets(uint64_t *r, const uint8_t *octets, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const uint8_t *o = octets + 8 * (n - 1 - i);
        uint64_t w = 0;
        for (int k = 0; k < 8; k++)
            w = w << 8 | o[k];
        r[i] = w;
    }
}

LIMBS_INLINE void limbs_to_octets(uint8_t *octets, const uint64_t *a, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint8_t *o = octets + 8 * (n - 1 - i);
        for (int k = 0; k < 8; k++)
            o[k] = (uint8_t)(a[i] >> (56 - 8 * k));
    }
}

/* r = a + b mod m, for a, b < m. The sum may need one bit more than n words. */
LIMBS_INLINE void limbs_add_mod(uint64_t *r, const uint64_t *a, const uint64_t *b, const uint64_t *m, size_t n)
{
    uint64_t sum[LIMBS_MAX], reduced[LIMBS_MAX];
    uint64_t carry = limbs_add(sum, a, b, n);
    uint64_t borrow = limbs_sub(reduced, sum, m, n);
    limbs_select(r, ct_from_bit(borrow & (carry ^ 1)), sum, reduced, n);
}

/* r = a - b mod m, for a, b < m. */
LIMBS_INLINE void limbs_sub_mod(uint64_t *r, const uint64_t *a, const uint64_t *b, const uint64_t *m, size_t n)
{
    uint64_t difference[LIMBS_MAX];
    ct_mask borrow = ct_from_bit(limbs_sub(difference, a, b, n));
    uint64_t carry = 0;
    for (size_t i = 0; i < n; i++) {
        limbs_wide sum = (limbs_wide)difference[i] + (m[i] & borrow) + carry;
        r[i] = (uint64_t)sum;
        carry = (uint64_t)(sum >> 64);
    }
}

/* r = a b / 2^(64 n) mod m, r < m, for a b < m 2^(64 n); n0 = -1/m mod 2^64.
 * Coarsely integrated operand scanning: one row of the product, one row of the reduction. */
LIMBS_INLINE void limbs_montgomery(
    uint64_t *r, const uint64_t *a, const uint64_t *b, const uint64_t *m, uint64_t n0, size_t n)
{
    uint64_t t[LIMBS_MAX + 2] = { 0 };
    for (size_t i = 0; i < n; i++) {
        uint64_t carry = 0;
        for (size_t k = 0; k < n; k++) {
            limbs_wide acc = (limbs_wide)a[k] * b[i] + t[k] + carry;
            t[k] = (uint64_t)acc;
            carry = (uint64_t)(acc >> 64);
        }
        limbs_wide top = (limbs_wide)t[n] + carry;
        t[n] = (uint64_t)top;
        t[n + 1] = (uint64_t)(top >> 64);

        uint64_t factor = t[0] * n0;
        carry = (uint64_t)(((limbs_wide)factor * m[0] + t[0]) >> 64);
        for (size_t k = 1; k < n; k++) {
            limbs_wide acc = (limbs_wide)factor * m[k] + t[k] + carry;
            t[k - 1] = (uint64_t)acc;
            carry = (uint64_t)(acc >> 64);
        }
        top = (limbs_wide)t[n] + carry;
        t[n - 1] = (uint64_t)top;
        t[n] = t[n + 1] + (uint64_t)(top >> 64);
    }
    uint64_t reduced[LIMBS_MAX];
    uint64_t borrow = limbs_sub(reduced, t, m, n);
    limbs_select(r, ct_from_bit(borrow & (t[n] ^ 1)), t, reduced, n);
}

#endif
