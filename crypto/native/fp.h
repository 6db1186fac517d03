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

/* r = 1/a; 0 for a = 0. */
void fp_inv(fp *r, const fp *a);

/* The same, of a times a fresh random number, which is taken out again: whatever the inversion might give away through
 * power or caches is then about a number that has nothing to do with a. */
void fp_inv_blinded(fp *r, const fp *a);

/* Products before their reduction, for sums of products that are reduced once. 32 words, below p 2^1024. */
typedef struct {
    uint64_t w[2 * FP_WORDS];
} fp_wide;

void fp_mul_wide(fp_wide *t, const fp *a, const fp *b);
void fp_sqr_wide(fp_wide *t, const fp *a);

/* t = t - u, with p 2^1024 added if that is negative. t and u below p 2^1024, and so is the result. */
void fp_wide_sub(fp_wide *t, const fp_wide *u);

/* r = t / 2^1024 mod p: what fp_mul does after its product. t below p 2^1024. */
void fp_redc(fp *r, const fp_wide *t);

/* A sum of at most FP_ACC_MOST products of reduced numbers. */
#define FP_ACC_MOST 16

typedef struct {
    uint64_t w[2 * FP_WORDS + 1];
} fp_acc;

void fp_acc_clear(fp_acc *acc);
void fp_acc_add(fp_acc *acc, const fp_wide *t);

/* r = acc / 2^1024 mod p, where acc is the sum of k products. acc is used up. */
void fp_acc_redc(fp *r, fp_acc *acc, size_t k);

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
