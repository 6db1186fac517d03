/* What ECCSI needs of P-256: scalars modulo q by own constant-time arithmetic, points by libcrypto. */
#ifndef P256_H
#define P256_H

#include "libcrypto.h"
#include "limbs.h"

#define P256_WORDS 4
#define P256_OCTETS 32
#define P256_POINT_OCTETS 65
#define P256_COMPRESSED_OCTETS 33 /* 02 or 03 || x */

typedef struct {
    uint64_t w[P256_WORDS];
} p256_scalar;

/* G as 04 || x || y (FIPS 186-4 D.1.2.3), as it is hashed in RFC 6507. */
extern const uint8_t P256_G_OCTETS[P256_POINT_OCTETS];

/* False unless the number is in 1..q-1. */
ct_mask p256_scalar_from_octets(p256_scalar *r, const uint8_t *octets, size_t len);

/* A hash or a coordinate, which may exceed q: reduced. */
void p256_scalar_reduce(p256_scalar *r, const uint8_t *octets, size_t len);
void p256_scalar_to_octets(uint8_t *octets, size_t len, const p256_scalar *a);
void p256_scalar_add(p256_scalar *r, const p256_scalar *a, const p256_scalar *b);
void p256_scalar_neg(p256_scalar *r, const p256_scalar *a);
void p256_scalar_mul(p256_scalar *r, const p256_scalar *a, const p256_scalar *b);
void p256_scalar_inv(p256_scalar *r, const p256_scalar *a);
ct_mask p256_scalar_is_zero(const p256_scalar *a);

/* Uniform in 1..q-1 from the kernel; false if it has no randomness to give. */
int p256_scalar_random(p256_scalar *r);

/* The group, made once. */
const EC_GROUP *p256_group(void);

/* A new point from 04 || x || y, or from its compressed form, with x, y < p and on the curve; or NULL. The length
 * tells which form is meant. No function here leaves anything in libcrypto's error queue, which belongs to
 * whoever else uses TLS in this thread. */
EC_POINT *p256_point_from_octets(const uint8_t *octets, size_t len, BN_CTX *ctx);

/* 04 || x || y; false for infinity. */
int p256_point_to_octets(uint8_t *octets, size_t len, const EC_POINT *a, BN_CTX *ctx);

/* octets = [k]G with secret k, 1 <= k < q, by libcrypto's constant-time path. */
int p256_multiply_g(uint8_t *octets, size_t len, const p256_scalar *k);

/* r = [k]G + [m1]A1 + [m2]A2; all public, variable time. a2 may be NULL. */
int p256_sum(EC_POINT *r, const p256_scalar *k, const EC_POINT *a1, const p256_scalar *m1, const EC_POINT *a2,
    const p256_scalar *m2, BN_CTX *ctx);

#endif
