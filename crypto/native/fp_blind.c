/* Inversion behind a random factor. */
#define _DEFAULT_SOURCE
#include <sys/random.h>

#include "fp.h"

void fp_inv_blinded(fp *r, const fp *a)
{
    struct {
        fp_wide random;
        fp rho, product;
    } ws = { 0 };
    /* 512 bits more than p has, so that rho is uniform but for one part in 2^512. Without random numbers the
     * inversion is still in constant time. */
    size_t len = 3 * FP_OCTETS / 2;
    if (getrandom(ws.random.w, len, 0) != (ssize_t)len)
        ws.random.w[0] = 1;
    ct_secret(&ws.random, sizeof ws.random);
    fp_redc(&ws.rho, &ws.random);
    fp_mul(&ws.product, a, &ws.rho);
    fp_inv(&ws.product, &ws.product);
    fp_mul(r, &ws.product, &ws.rho);
    ct_wipe(&ws, sizeof ws);
}
