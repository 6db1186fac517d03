/* The field F_p: 16 words, Montgomery form, on the kernels of fp_backend.h. */
#include "fp.h"

#include "constants.h"
#include "fp_backend.h"
#include "inverse.h"

static const uint64_t MODULUS[FP_WORDS] = FP_MODULUS;
static const uint64_t SQRT_EXPONENT[FP_WORDS] = FQ_MODULUS; /* (p + 1) / 4 = q */
static const fp RR = { FP_RR };
static const fp RRR = { FP_RRR };

const fp FP_ZERO = { { 0 } };
const fp FP_ONE = { FP_ONE_MONT };

void fp_mul(fp *r, const fp *a, const fp *b)
{
    FP_COUNT_ONE(mul);
    fp_kernels_now.mul(r->w, a->w, b->w);
}

void fp_sqr(fp *r, const fp *a)
{
    FP_COUNT_ONE(sqr);
    fp_kernels_now.sqr(r->w, a->w);
}

void fp_add(fp *r, const fp *a, const fp *b)
{
    fp_kernels_now.add(r->w, a->w, b->w);
}

void fp_sub(fp *r, const fp *a, const fp *b)
{
    fp_kernels_now.sub(r->w, a->w, b->w);
}

void fp_neg(fp *r, const fp *a)
{
    fp_sub(r, &FP_ZERO, a);
}

void fp_inv(fp *r, const fp *a)
{
    /* The words of a are 2^1024 a as a number, and those of 1/a are to be 2^1024/a. */
    inverse_mod(r->w, a->w, MODULUS, FP_N0);
    fp_mul(r, r, &RRR);
}

/* r = a^((p+1)/4) in windows of four bits. The exponent is public. */
void fp_sqrt(fp *r, const fp *a)
{
    fp power[16];
    power[0] = FP_ONE;
    for (int k = 1; k < 16; k++)
        fp_mul(&power[k], &power[k - 1], a);
    fp acc = FP_ONE;
    for (int bit = 64 * FP_WORDS - 4; bit >= 0; bit -= 4) {
        for (int k = 0; k < 4; k++)
            fp_sqr(&acc, &acc);
        fp_mul(&acc, &acc, &power[SQRT_EXPONENT[bit / 64] >> (bit % 64) & 15]);
    }
    *r = acc;
    ct_wipe(power, sizeof power);
    ct_wipe(&acc, sizeof acc);
}

void fp_select(fp *r, ct_mask mask, const fp *a, const fp *b)
{
    limbs_select(r->w, mask, a->w, b->w, FP_WORDS);
}

ct_mask fp_equal(const fp *a, const fp *b)
{
    return limbs_equal(a->w, b->w, FP_WORDS);
}

ct_mask fp_is_zero(const fp *a)
{
    return limbs_is_zero(a->w, FP_WORDS);
}

static void fp_leave_montgomery(fp *r, const fp *a)
{
    static const fp one = { { 1 } };
    fp_mul(r, a, &one);
}

uint64_t fp_parity(const fp *a)
{
    fp plain;
    fp_leave_montgomery(&plain, a);
    uint64_t parity = plain.w[0] & 1;
    ct_wipe(&plain, sizeof plain);
    return parity;
}

ct_mask fp_from_octets(fp *r, const uint8_t *octets, size_t len)
{
    if (len != FP_OCTETS)
        return 0;
    limbs_from_octets(r->w, octets, FP_WORDS);
    ct_mask below = limbs_less_than(r->w, MODULUS, FP_WORDS);
    /* The kernels want reduced numbers. */
    fp_select(r, below, r, &FP_ZERO);
    fp_mul(r, r, &RR);
    return below;
}

void fp_to_octets(uint8_t *octets, size_t len, const fp *a)
{
    fp plain;
    fp_leave_montgomery(&plain, a);
    if (len == FP_OCTETS)
        limbs_to_octets(octets, plain.w, FP_WORDS);
    ct_wipe(&plain, sizeof plain);
}
