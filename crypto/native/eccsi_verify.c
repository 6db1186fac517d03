/* Verification (RFC 6507 s5.2.2). Everything here is public: variable time is no harm. */
#include "eccsi.h"

#include <string.h>

#include "eccsi_hash.h"
#include "p256.h"

/* The x coordinate of [on_g]G + [on_a1]A1 + [on_a2]A2 is r; a2 may be NULL. */
static enum status eccsi_compare(const uint8_t *r_octets, const p256_scalar *on_g, const EC_POINT *a1,
    const p256_scalar *on_a1, const EC_POINT *a2, const p256_scalar *on_a2, BN_CTX *ctx)
{
    uint8_t sum_octets[ECCSI_POINT_OCTETS];
    EC_POINT *sum = EC_POINT_new(p256_group());
    if (sum == NULL)
        return STATUS_NO_MEMORY;
    enum status status = STATUS_REJECTED;
    if (p256_sum(sum, on_g, a1, on_a1, a2, on_a2, ctx)
        && p256_point_to_octets(sum_octets, sizeof sum_octets, sum, ctx)
        && ct_octets_equal(sum_octets + 1, r_octets, P256_OCTETS))
        status = STATUS_OK;
    EC_POINT_free(sum);
    return status;
}

/* r and s of a signature, and s HE and s r; false unless r is not zero and s is in 1..q-1. */
static int eccsi_read(p256_scalar *on_g, p256_scalar *on_y, const uint8_t *signature, const uint8_t *he_octets)
{
    p256_scalar r, s, he;
    p256_scalar_reduce(&r, signature, P256_OCTETS);
    p256_scalar_reduce(&he, he_octets, ECCSI_HASH_OCTETS);
    if (p256_scalar_is_zero(&r) || !p256_scalar_from_octets(&s, signature + P256_OCTETS, P256_OCTETS))
        return 0;
    p256_scalar_mul(on_g, &s, &he);
    p256_scalar_mul(on_y, &s, &r);
    return 1;
}

/* [s]([HE]G + [r]([HS]PVT + KPAK)), written as one sum of three terms. */
static enum status eccsi_verify_sum(const uint8_t *signature, const uint8_t *he, const uint8_t *hs_octets,
    const EC_POINT *pvt, const EC_POINT *kpak, BN_CTX *ctx)
{
    p256_scalar hs, on_g, on_pvt, on_kpak;
    if (!eccsi_read(&on_g, &on_kpak, signature, he))
        return STATUS_REJECTED;
    p256_scalar_reduce(&hs, hs_octets, ECCSI_HASH_OCTETS);
    p256_scalar_mul(&on_pvt, &on_kpak, &hs);
    return eccsi_compare(signature, &on_g, pvt, &on_pvt, kpak, &on_kpak, ctx);
}

enum status eccsi_verify(const uint8_t *signature, size_t signature_len, const uint8_t *message,
    size_t message_len, const uint8_t *identifier, size_t identifier_len, const uint8_t *kpak, size_t kpak_len)
{
    if (kpak_len != ECCSI_POINT_OCTETS)
        return STATUS_BAD_LENGTH;
    if (signature_len != ECCSI_SIGNATURE_OCTETS)
        return STATUS_REJECTED;
    const uint8_t *r_octets = signature, *pvt = signature + 2 * P256_OCTETS;
    uint8_t hs[ECCSI_HASH_OCTETS], he[ECCSI_HASH_OCTETS];
    enum status status = STATUS_REJECTED;
    BN_CTX *ctx = BN_CTX_new();
    if (ctx == NULL)
        return STATUS_NO_MEMORY;
    EC_POINT *kpak_point = p256_point_from_octets(kpak, kpak_len, ctx);
    /* 1. PVT is a point of the curve; below, r is not zero and s is in 1..q-1. */
    EC_POINT *pvt_point = p256_point_from_octets(pvt, ECCSI_POINT_OCTETS, ctx);
    if (kpak_point == NULL) {
        status = STATUS_INVALID_KEY;
        goto done;
    }
    if (pvt_point == NULL)
        goto done;
    /* 2. HS. 3. HE. */
    eccsi_hash_hs(hs, kpak, identifier, identifier_len, pvt);
    eccsi_hash_he(he, hs, r_octets, message, message_len);
    /* 4. Y = [HS]PVT + KPAK. 5. J = [s]([HE]G + [r]Y). 6. J_x = r and not 0; infinity has no J_x. */
    status = eccsi_verify_sum(signature, he, hs, pvt_point, kpak_point, ctx);
done:
    EC_POINT_free(pvt_point);
    EC_POINT_free(kpak_point);
    BN_CTX_free(ctx);
    return status;
}

enum status eccsi_signer_load(uint8_t *hs, size_t hs_len, uint8_t *y, size_t y_len, const uint8_t *pvt,
    size_t pvt_len, const uint8_t *identifier, size_t identifier_len, const uint8_t *kpak, size_t kpak_len)
{
    static const p256_scalar zero = { { 0 } }, one = { { 1 } };
    if (hs_len != ECCSI_HASH_OCTETS || y_len != ECCSI_POINT_OCTETS || pvt_len != ECCSI_POINT_OCTETS
        || kpak_len != ECCSI_POINT_OCTETS)
        return STATUS_BAD_LENGTH;
    p256_scalar scalar;
    enum status status = STATUS_INVALID_KEY;
    memset(hs, 0, hs_len);
    memset(y, 0, y_len);
    BN_CTX *ctx = BN_CTX_new();
    if (ctx == NULL)
        return STATUS_NO_MEMORY;
    EC_POINT *kpak_point = p256_point_from_octets(kpak, kpak_len, ctx);
    EC_POINT *pvt_point = p256_point_from_octets(pvt, pvt_len, ctx);
    EC_POINT *sum = EC_POINT_new(p256_group());
    if (kpak_point != NULL && pvt_point != NULL && sum != NULL) {
        eccsi_hash_hs(hs, kpak, identifier, identifier_len, pvt);
        p256_scalar_reduce(&scalar, hs, hs_len);
        if (p256_sum(sum, &zero, pvt_point, &scalar, kpak_point, &one, ctx)
            && p256_point_to_octets(y, y_len, sum, ctx))
            status = STATUS_OK;
    }
    EC_POINT_free(sum);
    EC_POINT_free(pvt_point);
    EC_POINT_free(kpak_point);
    BN_CTX_free(ctx);
    return status;
}

enum status eccsi_verify_signer(const uint8_t *signature, size_t signature_len, const uint8_t *message,
    size_t message_len, const uint8_t *hs, size_t hs_len, const uint8_t *y, size_t y_len)
{
    if (hs_len != ECCSI_HASH_OCTETS || y_len != ECCSI_POINT_OCTETS)
        return STATUS_BAD_LENGTH;
    if (signature_len != ECCSI_SIGNATURE_OCTETS)
        return STATUS_REJECTED;
    uint8_t he[ECCSI_HASH_OCTETS];
    p256_scalar on_g, on_y;
    BN_CTX *ctx = BN_CTX_new();
    if (ctx == NULL)
        return STATUS_NO_MEMORY;
    EC_POINT *y_point = p256_point_from_octets(y, y_len, ctx);
    enum status status = y_point == NULL ? STATUS_INVALID_KEY : STATUS_REJECTED;
    eccsi_hash_he(he, hs, signature, message, message_len);
    if (y_point != NULL && eccsi_read(&on_g, &on_y, signature, he))
        status = eccsi_compare(signature, &on_g, y_point, &on_y, NULL, NULL, ctx);
    EC_POINT_free(y_point);
    BN_CTX_free(ctx);
    return status;
}
