/* Points of P-256 through libcrypto. */
#include "p256.h"

#include <pthread.h>

const uint8_t P256_G_OCTETS[P256_POINT_OCTETS] = {
    0x04, /* x */
    0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2, 0x77, 0x03,
    0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96, /* y */
    0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16, 0x2b, 0xce,
    0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5
};

static EC_GROUP *the_group;
static pthread_once_t the_group_once = PTHREAD_ONCE_INIT;

static void p256_make_group(void)
{
    the_group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
}

const EC_GROUP *p256_group(void)
{
    (void)pthread_once(&the_group_once, p256_make_group);
    return the_group;
}

EC_POINT *p256_point_from_octets(const uint8_t *octets, size_t len, BN_CTX *ctx)
{
    const EC_GROUP *group = p256_group();
    /* libcrypto would take hybrid forms and infinity as well. */
    int full = len == P256_POINT_OCTETS && octets[0] == 0x04;
    int compressed = len == P256_COMPRESSED_OCTETS && (octets[0] == 0x02 || octets[0] == 0x03);
    if (group == NULL || !(full || compressed))
        return NULL;
    (void)ERR_set_mark();
    EC_POINT *a = EC_POINT_new(group);
    /* Checks the range of the coordinates and the curve equation. */
    if (a != NULL && EC_POINT_oct2point(group, a, octets, len, ctx) != 1) {
        EC_POINT_free(a);
        a = NULL;
    }
    (void)ERR_pop_to_mark();
    return a;
}

int p256_point_to_octets(uint8_t *octets, size_t len, const EC_POINT *a, BN_CTX *ctx)
{
    (void)ERR_set_mark();
    int done = len == P256_POINT_OCTETS && !EC_POINT_is_at_infinity(p256_group(), a)
        && EC_POINT_point2oct(p256_group(), a, POINT_CONVERSION_UNCOMPRESSED, octets, len, ctx) == len;
    (void)ERR_pop_to_mark();
    return done;
}

/* A new BIGNUM, from the secure heap if the process has one; freed with BN_clear_free. */
static BIGNUM *p256_bignum(const p256_scalar *a)
{
    uint8_t octets[P256_OCTETS];
    p256_scalar_to_octets(octets, sizeof octets, a);
    BIGNUM *n = BN_secure_new();
    if (n != NULL) {
        BN_set_flags(n, BN_FLG_CONSTTIME);
        if (BN_bin2bn(octets, sizeof octets, n) == NULL) {
            BN_clear_free(n);
            n = NULL;
        }
    }
    ct_wipe(octets, sizeof octets);
    return n;
}

int p256_multiply_g(uint8_t *octets, size_t len, const p256_scalar *k)
{
    const EC_GROUP *group = p256_group();
    int done = 0;
    BN_CTX *ctx = BN_CTX_secure_new();
    BIGNUM *n = p256_bignum(k);
    EC_POINT *product = group != NULL ? EC_POINT_new(group) : NULL;
    if (ctx != NULL && n != NULL && product != NULL && EC_POINT_mul(group, product, n, NULL, NULL, ctx) == 1)
        done = p256_point_to_octets(octets, len, product, ctx);
    EC_POINT_clear_free(product);
    BN_clear_free(n);
    BN_CTX_free(ctx);
    return done;
}

int p256_sum(EC_POINT *r, const p256_scalar *k, const EC_POINT *a1, const p256_scalar *m1, const EC_POINT *a2,
    const p256_scalar *m2, BN_CTX *ctx)
{
    const EC_POINT *points[2] = { a1, a2 };
    size_t count = a2 != NULL ? 2 : 1;
    BIGNUM *on_g = p256_bignum(k);
    BIGNUM *n1 = p256_bignum(m1);
    BIGNUM *n2 = a2 != NULL ? p256_bignum(m2) : NULL;
    const BIGNUM *scalars[2] = { n1, n2 };
    int done = 0;
    if (on_g != NULL && n1 != NULL && (a2 == NULL || n2 != NULL))
        done = EC_POINTs_mul(p256_group(), r, on_g, count, points, scalars, ctx) == 1;
    BN_clear_free(on_g);
    BN_clear_free(n1);
    BN_clear_free(n2);
    return done;
}
