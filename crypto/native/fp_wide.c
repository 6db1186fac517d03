/* Sums and differences of unreduced products. */
#include "constants.h"
#include "fp_backend.h"

static const uint64_t MODULUS[FP_WORDS] = FP_MODULUS;

void fp_mul_wide(fp_wide *t, const fp *a, const fp *b)
{
    FP_COUNT_ONE(mul_wide);
    fp_kernels_now.mul_wide(t->w, a->w, b->w);
}

void fp_sqr_wide(fp_wide *t, const fp *a)
{
    FP_COUNT_ONE(mul_wide);
    fp_kernels_now.sqr_wide(t->w, a->w);
}

void fp_redc(fp *r, const fp_wide *t)
{
    FP_COUNT_ONE(redc);
    fp_kernels_now.redc(r->w, t->w);
}

void fp_wide_sub(fp_wide *t, const fp_wide *u)
{
    uint64_t *upper = t->w + FP_WORDS;
    uint64_t borrow = limbs_sub(t->w, t->w, u->w, 2 * FP_WORDS);
    uint64_t p[FP_WORDS];
    ct_mask negative = ct_from_bit(borrow);
    for (size_t i = 0; i < FP_WORDS; i++)
        p[i] = MODULUS[i] & negative;
    (void)limbs_add(upper, upper, p, FP_WORDS);
}

void fp_acc_clear(fp_acc *acc)
{
    for (size_t i = 0; i < sizeof acc->w / sizeof *acc->w; i++)
        acc->w[i] = 0;
}

void fp_acc_add(fp_acc *acc, const fp_wide *t)
{
    fp_kernels_now.accumulate(acc->w, t->w);
}

void fp_acc_redc(fp *r, fp_acc *acc, size_t k)
{
    /* A product of reduced numbers is below p^2, and p < 0.6 2^1024, so acc < 0.6 k p 2^1024. Each step takes
     * p 2^1024 away if it can: after ceil(0.6 k) - 1 of them acc < p 2^1024, as the reduction needs it. */
    uint64_t *upper = acc->w + FP_WORDS, reduced[FP_WORDS];
    for (size_t steps = (6 * k + 9) / 10; steps > 1; steps--) {
        uint64_t borrow = limbs_sub(reduced, upper, MODULUS, FP_WORDS);
        uint64_t top = upper[FP_WORDS];
        ct_mask below = ct_is_zero(top) & ct_from_bit(borrow);
        limbs_select(upper, below, upper, reduced, FP_WORDS);
        upper[FP_WORDS] = top - (borrow & ~below);
    }
    FP_COUNT_ONE(redc);
    fp_kernels_now.redc(r->w, acc->w);
}
