/* Sums and differences of unreduced products. */
#include "fp_backend.h"

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
    fp_kernels_now.wide_sub(t->w, u->w);
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
    for (size_t steps = (6 * k + 9) / 10; steps > 1; steps--)
        fp_kernels_now.reduce_once(acc->w + FP_WORDS);
    FP_COUNT_ONE(redc);
    fp_kernels_now.redc(r->w, acc->w);
}
