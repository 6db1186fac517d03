/* Scalars modulo q. */
#include "fq.h"

#include "constants.h"
#include "inverse.h"

static const uint64_t MODULUS[FQ_WORDS] = FQ_MODULUS;
static const fq RR = { FQ_RR };
static const fq ONE = { { 1 } };

static void fq_montgomery(fq *r, const fq *a, const fq *b)
{
    limbs_montgomery(r->w, a->w, b->w, MODULUS, FQ_N0, FQ_WORDS);
}

void fq_add(fq *r, const fq *a, const fq *b)
{
    limbs_add_mod(r->w, a->w, b->w, MODULUS, FQ_WORDS);
}

void fq_mul(fq *r, const fq *a, const fq *b)
{
    fq t;
    fq_montgomery(&t, a, &RR);
    fq_montgomery(r, &t, b);
    ct_wipe(&t, sizeof t);
}

ct_mask fq_is_zero(const fq *a)
{
    return limbs_is_zero(a->w, FQ_WORDS);
}

void fq_inv(fq *r, const fq *a)
{
    inverse_mod(r->w, a->w, MODULUS, FQ_N0);
}

void fq_reduce_octets(fq *r, const uint8_t *octets, size_t len)
{
    struct {
        fq acc, block;
        uint8_t padded[FQ_OCTETS];
    } ws = { 0 };
    /* Horner in base 2^1024: acc stays in Montgomery form, where a product with 2^2048 multiplies by the base.
     * The first block takes what is left over when the length is no multiple of 128. */
    size_t taken = len % FQ_OCTETS;
    for (size_t i = 0; i < taken; i++)
        ws.padded[FQ_OCTETS - taken + i] = octets[i];
    limbs_from_octets(ws.block.w, ws.padded, FQ_WORDS);
    fq_montgomery(&ws.acc, &ws.block, &RR);
    for (; taken < len; taken += FQ_OCTETS) {
        limbs_from_octets(ws.block.w, octets + taken, FQ_WORDS);
        fq_montgomery(&ws.block, &ws.block, &RR);
        fq_montgomery(&ws.acc, &ws.acc, &RR);
        fq_add(&ws.acc, &ws.acc, &ws.block);
    }
    fq_montgomery(r, &ws.acc, &ONE);
    ct_wipe(&ws, sizeof ws);
}

ct_mask fq_from_octets(fq *r, const uint8_t *octets, size_t len)
{
    static const fq two = { { 2 } };
    if (len != FQ_OCTETS)
        return 0;
    limbs_from_octets(r->w, octets, FQ_WORDS);
    return limbs_less_than(r->w, MODULUS, FQ_WORDS) & ~limbs_less_than(r->w, two.w, FQ_WORDS);
}
