/* Numbers modulo the order q of P-256. Constant time. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <sys/random.h>

#include "constants.h"
#include "p256.h"

static const uint64_t MODULUS[P256_WORDS] = P256_MODULUS;
static const uint64_t MODULUS_MINUS_2[P256_WORDS] = P256_MODULUS_MINUS_2;
static const p256_scalar RR = { P256_RR };
static const p256_scalar ONE_MONT = { P256_ONE_MONT };
static const p256_scalar ZERO = { { 0 } };
static const p256_scalar ONE = { { 1 } };

static void p256_scalar_montgomery(p256_scalar *r, const p256_scalar *a, const p256_scalar *b)
{
    limbs_montgomery(r->w, a->w, b->w, MODULUS, P256_N0, P256_WORDS);
}

ct_mask p256_scalar_from_octets(p256_scalar *r, const uint8_t *octets, size_t len)
{
    if (len != P256_OCTETS)
        return 0;
    limbs_from_octets(r->w, octets, P256_WORDS);
    return limbs_less_than(r->w, MODULUS, P256_WORDS) & ~limbs_is_zero(r->w, P256_WORDS);
}

void p256_scalar_reduce(p256_scalar *r, const uint8_t *octets, size_t len)
{
    *r = ZERO;
    if (len != P256_OCTETS)
        return;
    limbs_from_octets(r->w, octets, P256_WORDS);
    /* 2^256 < 2q: one subtraction is enough, and a + 0 mod q does it. */
    p256_scalar_add(r, r, &ZERO);
}

void p256_scalar_to_octets(uint8_t *octets, size_t len, const p256_scalar *a)
{
    if (len == P256_OCTETS)
        limbs_to_octets(octets, a->w, P256_WORDS);
}

void p256_scalar_add(p256_scalar *r, const p256_scalar *a, const p256_scalar *b)
{
    limbs_add_mod(r->w, a->w, b->w, MODULUS, P256_WORDS);
}

void p256_scalar_neg(p256_scalar *r, const p256_scalar *a)
{
    limbs_sub_mod(r->w, ZERO.w, a->w, MODULUS, P256_WORDS);
}

void p256_scalar_mul(p256_scalar *r, const p256_scalar *a, const p256_scalar *b)
{
    p256_scalar product;
    p256_scalar_montgomery(&product, a, b);
    p256_scalar_montgomery(r, &product, &RR);
    ct_wipe(&product, sizeof product);
}

void p256_scalar_inv(p256_scalar *r, const p256_scalar *a)
{
    struct {
        p256_scalar power[16], acc;
    } ws;
    ws.power[0] = ONE_MONT;
    p256_scalar_montgomery(&ws.power[1], a, &RR);
    for (int k = 2; k < 16; k++)
        p256_scalar_montgomery(&ws.power[k], &ws.power[k - 1], &ws.power[1]);
    ws.acc = ONE_MONT;
    for (int bit = 64 * P256_WORDS - 4; bit >= 0; bit -= 4) {
        for (int k = 0; k < 4; k++)
            p256_scalar_montgomery(&ws.acc, &ws.acc, &ws.acc);
        p256_scalar_montgomery(&ws.acc, &ws.acc, &ws.power[MODULUS_MINUS_2[bit / 64] >> (bit % 64) & 15]);
    }
    p256_scalar_montgomery(r, &ws.acc, &ONE);
    ct_wipe(&ws, sizeof ws);
}

ct_mask p256_scalar_is_zero(const p256_scalar *a)
{
    return limbs_is_zero(a->w, P256_WORDS);
}

int p256_scalar_random(p256_scalar *r)
{
    uint8_t octets[P256_OCTETS];
    int found = 0;
    while (!found) {
        ssize_t got;
        do {
            got = getrandom(octets, sizeof octets, 0);
        } while (got < 0 && errno == EINTR);
        if (got != (ssize_t)sizeof octets)
            break;
        /* A number outside 1..q-1 is thrown away; that it was says nothing about the next. */
        found = ct_reveal(p256_scalar_from_octets(r, octets, sizeof octets));
    }
    ct_wipe(octets, sizeof octets);
    return found;
}
