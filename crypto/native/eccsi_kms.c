/* The KMS side of ECCSI, and the check of what it handed out (RFC 6507 s4.2, s5.1). */
#include "eccsi.h"

#include <string.h>

#include "eccsi_hash.h"
#include "p256.h"

enum status eccsi_generate_ksak(uint8_t *ksak, size_t ksak_len)
{
    if (ksak_len != ECCSI_SCALAR_OCTETS)
        return STATUS_BAD_LENGTH;
    p256_scalar k;
    enum status status = STATUS_NO_RANDOM;
    memset(ksak, 0, ksak_len);
    if (p256_scalar_random(&k)) {
        p256_scalar_to_octets(ksak, ksak_len, &k);
        status = STATUS_OK;
    }
    ct_wipe(&k, sizeof k);
    ct_burn_stack();
    return status;
}

enum status eccsi_kms_public_key(uint8_t *kpak, size_t kpak_len, const uint8_t *ksak, size_t ksak_len)
{
    if (kpak_len != ECCSI_POINT_OCTETS || ksak_len != ECCSI_SCALAR_OCTETS)
        return STATUS_BAD_LENGTH;
    p256_scalar k;
    enum status status = STATUS_INVALID_KEY;
    memset(kpak, 0, kpak_len);
    if (ct_reveal(p256_scalar_from_octets(&k, ksak, ksak_len)))
        status = p256_multiply_g(kpak, kpak_len, &k) ? STATUS_OK : STATUS_NO_MEMORY;
    ct_wipe(&k, sizeof k);
    ct_burn_stack();
    return status;
}

/* One attempt with one v: INVALID_KEY if SSK or HS comes out as zero. */
static enum status eccsi_extract_once(uint8_t *ssk, size_t ssk_len, uint8_t *pvt, size_t pvt_len,
    const p256_scalar *ksak, const uint8_t *kpak, const uint8_t *identifier, size_t identifier_len,
    const p256_scalar *v)
{
    uint8_t hs_octets[ECCSI_HASH_OCTETS];
    p256_scalar hs, key;
    enum status status = STATUS_INVALID_KEY;
    /* 2. PVT = [v]G. */
    if (!p256_multiply_g(pvt, pvt_len, v))
        return STATUS_NO_MEMORY;
    /* 3. HS = hash(G || KPAK || ID || PVT). */
    eccsi_hash_hs(hs_octets, kpak, identifier, identifier_len, pvt);
    /* 4. SSK = KSAK + HS v mod q. */
    p256_scalar_reduce(&hs, hs_octets, sizeof hs_octets);
    p256_scalar_mul(&key, &hs, v);
    p256_scalar_add(&key, &key, ksak);
    /* 5. Zero is no key. */
    if (!ct_reveal(p256_scalar_is_zero(&key) | p256_scalar_is_zero(&hs))) {
        p256_scalar_to_octets(ssk, ssk_len, &key);
        status = STATUS_OK;
    }
    ct_wipe(&key, sizeof key);
    return status;
}

enum status eccsi_extract_ssk(uint8_t *ssk, size_t ssk_len, uint8_t *pvt, size_t pvt_len, const uint8_t *ksak,
    size_t ksak_len, const uint8_t *identifier, size_t identifier_len, const uint8_t *v, size_t v_len)
{
    if (ssk_len != ECCSI_SCALAR_OCTETS || pvt_len != ECCSI_POINT_OCTETS || ksak_len != ECCSI_SCALAR_OCTETS
        || (v_len != 0 && v_len != ECCSI_SCALAR_OCTETS))
        return STATUS_BAD_LENGTH;
    struct {
        p256_scalar ksak, v;
    } ws;
    uint8_t kpak[ECCSI_POINT_OCTETS];
    enum status status;
    memset(ssk, 0, ssk_len);
    memset(pvt, 0, pvt_len);
    if (!ct_reveal(p256_scalar_from_octets(&ws.ksak, ksak, ksak_len))) {
        status = STATUS_INVALID_KEY;
        goto done;
    }
    if (!p256_multiply_g(kpak, sizeof kpak, &ws.ksak)) {
        status = STATUS_NO_MEMORY;
        goto done;
    }
    do {
        /* 1. v, random and never used again. */
        if (v_len != 0) {
            if (!ct_reveal(p256_scalar_from_octets(&ws.v, v, v_len))) {
                status = STATUS_INVALID_KEY;
                break;
            }
        } else if (!p256_scalar_random(&ws.v)) {
            status = STATUS_NO_RANDOM;
            break;
        }
        status = eccsi_extract_once(
            ssk, ssk_len, pvt, pvt_len, &ws.ksak, kpak, identifier, identifier_len, &ws.v);
    } while (status == STATUS_INVALID_KEY && v_len == 0);
    if (status != STATUS_OK) {
        ct_wipe(ssk, ssk_len);
        ct_wipe(pvt, pvt_len);
    }
done:
    ct_wipe(&ws, sizeof ws);
    ct_burn_stack();
    return status;
}

enum status eccsi_validate_ssk(const uint8_t *ssk, size_t ssk_len, const uint8_t *pvt, size_t pvt_len,
    const uint8_t *identifier, size_t identifier_len, const uint8_t *kpak, size_t kpak_len)
{
    if (ssk_len != ECCSI_SCALAR_OCTETS || pvt_len != ECCSI_POINT_OCTETS || kpak_len != ECCSI_POINT_OCTETS)
        return STATUS_BAD_LENGTH;
    const EC_GROUP *group = p256_group();
    if (group == NULL)
        return STATUS_NO_MEMORY;
    p256_scalar key, hs;
    uint8_t hs_octets[ECCSI_HASH_OCTETS], sum_octets[ECCSI_POINT_OCTETS], product[ECCSI_POINT_OCTETS];
    enum status status = STATUS_INVALID_KEY;
    BN_CTX *ctx = BN_CTX_new();
    EC_POINT *sum = EC_POINT_new(group);
    /* 1. PVT and KPAK are points of the curve. */
    EC_POINT *pvt_point = p256_point_from_octets(pvt, pvt_len, ctx);
    EC_POINT *kpak_point = p256_point_from_octets(kpak, kpak_len, ctx);
    if (ctx == NULL || sum == NULL) {
        status = STATUS_NO_MEMORY;
        goto done;
    }
    if (pvt_point == NULL || kpak_point == NULL || !ct_reveal(p256_scalar_from_octets(&key, ssk, ssk_len)))
        goto done;
    /* 2. HS = hash(G || KPAK || ID || PVT). */
    eccsi_hash_hs(hs_octets, kpak, identifier, identifier_len, pvt);
    p256_scalar_reduce(&hs, hs_octets, sizeof hs_octets);
    if (ct_reveal(p256_scalar_is_zero(&hs)))
        goto done;
    /* 3. KPAK = [SSK]G - [HS]PVT, compared as [SSK]G = KPAK + [HS]PVT: only [SSK]G has a secret in it. */
    if (!p256_multiply_g(product, sizeof product, &key)) {
        status = STATUS_NO_MEMORY;
        goto done;
    }
    static const p256_scalar one = { { 1 } }, zero = { { 0 } };
    if (p256_sum(sum, &zero, pvt_point, &hs, kpak_point, &one, ctx)
        && p256_point_to_octets(sum_octets, sizeof sum_octets, sum, ctx)
        && ct_reveal(ct_octets_equal(sum_octets, product, sizeof product)))
        status = STATUS_OK;
done:
    EC_POINT_free(pvt_point);
    EC_POINT_free(kpak_point);
    EC_POINT_free(sum);
    BN_CTX_free(ctx);
    ct_wipe(&key, sizeof key);
    ct_wipe(product, sizeof product);
    ct_burn_stack();
    return status;
}
