/* The kernels in portable C: fallback where there is no assembly, and what assembly is compared with. */
#include "constants.h"
#include "fp_backend.h"

static const uint64_t MODULUS[FP_WORDS] = FP_MODULUS;

static void mul(uint64_t r[FP_WORDS], const uint64_t a[FP_WORDS], const uint64_t b[FP_WORDS])
{
    limbs_montgomery(r, a, b, MODULUS, FP_N0, FP_WORDS);
}

static void sqr(uint64_t r[FP_WORDS], const uint64_t a[FP_WORDS])
{
    limbs_montgomery(r, a, a, MODULUS, FP_N0, FP_WORDS);
}

static void add(uint64_t r[FP_WORDS], const uint64_t a[FP_WORDS], const uint64_t b[FP_WORDS])
{
    limbs_add_mod(r, a, b, MODULUS, FP_WORDS);
}

static void sub(uint64_t r[FP_WORDS], const uint64_t a[FP_WORDS], const uint64_t b[FP_WORDS])
{
    limbs_sub_mod(r, a, b, MODULUS, FP_WORDS);
}

/* t[0..15] = t[0..15] + a m; returns the word above. */
LIMBS_INLINE uint64_t add_row(uint64_t *t, const uint64_t *a, uint64_t m)
{
    uint64_t carry = 0;
    for (size_t k = 0; k < FP_WORDS; k++) {
        limbs_wide sum = (limbs_wide)a[k] * m + t[k] + carry;
        t[k] = (uint64_t)sum;
        carry = (uint64_t)(sum >> 64);
    }
    return carry;
}

static void mul_wide(uint64_t t[2 * FP_WORDS], const uint64_t a[FP_WORDS], const uint64_t b[FP_WORDS])
{
    for (size_t i = 0; i < FP_WORDS; i++)
        t[i] = 0;
    for (size_t i = 0; i < FP_WORDS; i++)
        t[i + FP_WORDS] = add_row(t + i, a, b[i]);
}

static void sqr_wide(uint64_t t[2 * FP_WORDS], const uint64_t a[FP_WORDS])
{
    mul_wide(t, a, a);
}

static void redc(uint64_t r[FP_WORDS], const uint64_t t[2 * FP_WORDS])
{
    uint64_t rest[2 * FP_WORDS], reduced[FP_WORDS], carry = 0;
    for (size_t i = 0; i < 2 * FP_WORDS; i++)
        rest[i] = t[i];
    for (size_t i = 0; i < FP_WORDS; i++) {
        uint64_t row = add_row(rest + i, MODULUS, rest[i] * FP_N0);
        limbs_wide top = (limbs_wide)rest[i + FP_WORDS] + row + carry;
        rest[i + FP_WORDS] = (uint64_t)top;
        carry = (uint64_t)(top >> 64);
    }
    uint64_t borrow = limbs_sub(reduced, rest + FP_WORDS, MODULUS, FP_WORDS);
    limbs_select(r, ct_from_bit(borrow & (carry ^ 1)), rest + FP_WORDS, reduced, FP_WORDS);
}

static void wide_sub(uint64_t t[2 * FP_WORDS], const uint64_t u[2 * FP_WORDS])
{
    uint64_t p[FP_WORDS];
    ct_mask negative = ct_from_bit(limbs_sub(t, t, u, 2 * FP_WORDS));
    for (size_t i = 0; i < FP_WORDS; i++)
        p[i] = MODULUS[i] & negative;
    (void)limbs_add(t + FP_WORDS, t + FP_WORDS, p, FP_WORDS);
}

static void accumulate(uint64_t acc[2 * FP_WORDS + 1], const uint64_t t[2 * FP_WORDS])
{
    acc[2 * FP_WORDS] += limbs_add(acc, acc, t, 2 * FP_WORDS);
}

static void reduce_once(uint64_t x[FP_WORDS + 1])
{
    uint64_t reduced[FP_WORDS];
    uint64_t borrow = limbs_sub(reduced, x, MODULUS, FP_WORDS);
    ct_mask negative = ct_is_zero(x[FP_WORDS]) & ct_from_bit(borrow);
    limbs_select(x, negative, x, reduced, FP_WORDS);
    x[FP_WORDS] -= borrow & ~negative;
}

const fp_kernels FP_PORTABLE = {
    .name = "portable",
    .mul = mul,
    .sqr = sqr,
    .add = add,
    .sub = sub,
    .mul_wide = mul_wide,
    .sqr_wide = sqr_wide,
    .redc = redc,
    .wide_sub = wide_sub,
    .accumulate = accumulate,
    .reduce_once = reduce_once,
};
