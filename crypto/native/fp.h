/* The field F_p of SAKKE parameter set 1 (RFC 6509 Appendix A): p has 1024 bits, p = 3 mod 4.
 *
 * An fp is always reduced and in Montgomery form. Constant time throughout. */
#ifndef FP_H
#define FP_H

#include "limbs.h"

#define FP_WORDS 16
#define FP_OCTETS 128

typedef struct {
    uint64_t w[FP_WORDS];
} fp;

extern const fp FP_ZERO, FP_ONE;

void fp_mul(fp *r, const fp *a, const fp *b);
void fp_sqr(fp *r, const fp *a);
void fp_add(fp *r, const fp *a, const fp *b);
void fp_sub(fp *r, const fp *a, const fp *b);
void fp_neg(fp *r, const fp *a);

/* r = 1/a by Fermat; 0 for a = 0. */
void fp_inv(fp *r, const fp *a);

/* r = a^((p+1)/4): a square root of a if there is one. The caller squares to find out. */
void fp_sqrt(fp *r, const fp *a);

void fp_select(fp *r, ct_mask mask, const fp *a, const fp *b);
ct_mask fp_equal(const fp *a, const fp *b);
ct_mask fp_is_zero(const fp *a);

/* The parity of the number itself, not of its Montgomery form: 0 or 1. */
uint64_t fp_parity(const fp *a);

/* 128 big-endian octets (RFC 6508 s4); false if the number is not below p. */
ct_mask fp_from_octets(fp *r, const uint8_t *octets, size_t len);
void fp_to_octets(uint8_t *octets, size_t len, const fp *a);

#endif
