/* Verification (RFC 6507 s5.2.2). Everything here is public: variable time is no harm. */
#include "eccsi.h"

#include <string.h>

#include "eccsi_hash.h"
#include "p256.h"

/* [s]([HE]G + [r]([HS]PVT + KPAK)), written as one sum of three terms, has x coordinate r. */
static enum status eccsi_verify_sum(const uint8_t *r_octets, const p256_scalar *s, const uint8_t *he_octets,
    const uint8_t *hs_octets, const EC_POINT *pvt, const EC_POINT *kpak, BN_CTX *ctx)
{
    p256_scalar r, he, hs, on_g, on_pvt, on_kpak;
    uint8_t sum_octets[ECCSI_POINT_OCTETS];
    p256_scalar_reduce(&r, r_octets, P256_OCTETS);
    p256_scalar_reduce(&he, he_octets, ECCSI_HASH_OCTETS);
    p256_scalar_reduce(&hs, hs_octets, ECCSI_HASH_OCTETS);
    if (p256_scalar_is_zero(&r))
        return STATUS_REJECTED;
    p256_scalar_mul(&on_g, s, &he);
    p256_scalar_mul(&on_kpak, s, &r);
    p256_scalar_mul(&on_pvt, &on_kpak, &hs);
    EC_POINT *sum = EC_POINT_new(p256_group());
    if (sum == NULL)
        return STATUS_NO_MEMORY;
    enum status status = STATUS_REJECTED;
    if (p256_sum(sum, &on_g, pvt, &on_pvt, kpak, &on_kpak, ctx)
        && p256_point_to_octets(sum_octets, sizeof sum_octets, sum, ctx)
        && ct_octets_equal(sum_octets + 1, r_octets, P256_OCTETS))
        status = STATUS_OK;
    EC_POINT_free(sum);
    return status;
}

enum status eccsi_verify(const uint8_t *signature, size_t signature_len, const uint8_t *message,
    size_t message_len, const uint8_t *identifier, size_t identifier_len, const uint8_t *kpak, size_t kpak_len)
{
    if (kpak_len != ECCSI_POINT_OCTETS)
        return STATUS_BAD_LENGTH;
    if (signature_len != ECCSI_SIGNATURE_OCTETS)
        return STATUS_REJECTED;
    const uint8_t *r_octets = signature, *s_octets = signature + P256_OCTETS, *pvt = s_octets + P256_OCTETS;
    static const uint8_t zero[P256_OCTETS];
    uint8_t hs[ECCSI_HASH_OCTETS], he[ECCSI_HASH_OCTETS];
    p256_scalar s;
    enum status status = STATUS_REJECTED;
    BN_CTX *ctx = BN_CTX_new();
    if (ctx == NULL)
        return STATUS_NO_MEMORY;
    EC_POINT *kpak_point = p256_point_from_octets(kpak, kpak_len, ctx);
    /* 1. PVT is a point of the curve; r is not zero, s is in 1..q-1. */
    EC_POINT *pvt_point = p256_point_from_octets(pvt, ECCSI_POINT_OCTETS, ctx);
    if (kpak_point == NULL) {
        status = STATUS_INVALID_KEY;
        goto done;
    }
    if (pvt_point == NULL || ct_octets_equal(r_octets, zero, sizeof zero)
        || !p256_scalar_from_octets(&s, s_octets, P256_OCTETS))
        goto done;
    /* 2. HS. 3. HE. */
    eccsi_hash_hs(hs, kpak, identifier, identifier_len, pvt);
    eccsi_hash_he(he, hs, r_octets, message, message_len);
    /* 4. Y = [HS]PVT + KPAK. 5. J = [s]([HE]G + [r]Y). 6. J_x = r and not 0; infinity has no J_x. */
    status = eccsi_verify_sum(r_octets, &s, he, hs, pvt_point, kpak_point, ctx);
done:
    EC_POINT_free(pvt_point);
    EC_POINT_free(kpak_point);
    BN_CTX_free(ctx);
    return status;
}
