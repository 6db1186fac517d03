/* Inversion behind a random factor. */
#define _DEFAULT_SOURCE
#include <sys/random.h>

#include "constants.h"
#include "fp.h"
#include "libcrypto.h"

static const uint64_t MODULUS[FP_WORDS] = FP_MODULUS;
static const fp RRR = { FP_RRR };

/* r = 1/a, of words as a number, in variable time; false if there is no inverse or no memory. */
static int invert_in_public(fp *r, const fp *a)
{
    uint8_t octets[FP_OCTETS], modulus[FP_OCTETS];
    int done = 0;
    limbs_to_octets(octets, a->w, FP_WORDS);
    limbs_to_octets(modulus, MODULUS, FP_WORDS);
    BN_CTX *ctx = BN_CTX_new();
    BIGNUM *number = BN_bin2bn(octets, sizeof octets, NULL);
    BIGNUM *p = BN_bin2bn(modulus, sizeof modulus, NULL);
    if (ctx != NULL && number != NULL && p != NULL && BN_mod_inverse(number, number, p, ctx) != NULL)
        done = BN_bn2binpad(number, octets, sizeof octets) == sizeof octets;
    if (done)
        limbs_from_octets(r->w, octets, FP_WORDS);
    BN_free(p);
    BN_clear_free(number);
    BN_CTX_free(ctx);
    return done;
}

void fp_inv_blinded(fp *r, const fp *a)
{
    struct {
        fp_wide random;
        fp rho, product;
    } ws = { 0 };
    /* 512 bits more than p has: rho is uniform but for one part in 2^512. */
    size_t len = 3 * FP_OCTETS / 2;
    if (getrandom(ws.random.w, len, 0) != (ssize_t)len) {
        fp_inv(r, a);
        return;
    }
    fp_redc(&ws.rho, &ws.random);
    fp_mul(&ws.product, a, &ws.rho);
    ct_reveal_blinded(&ws.product, sizeof ws.product);
    /* As numbers, the words of a are 2^1024 a and those of the product a rho; from 1/(a rho), 2^1024/a is wanted. */
    if (invert_in_public(&ws.product, &ws.product)) {
        fp_mul(&ws.product, &ws.product, &ws.rho);
        fp_mul(r, &ws.product, &RRR);
    } else {
        fp_inv(r, a);
    }
    ct_wipe(&ws, sizeof ws);
}
