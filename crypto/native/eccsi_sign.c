/* Signing (RFC 6507 s5.2.1). */
#include "eccsi.h"

#include <string.h>

#include "eccsi_hash.h"
#include "p256.h"

/* One attempt with one j: REJECTED if r, s or the divisor comes out as zero. */
static enum status eccsi_sign_once(uint8_t *signature, const uint8_t *message, size_t message_len,
    const p256_scalar *ssk, const uint8_t *pvt, const uint8_t hs[ECCSI_HASH_OCTETS], const p256_scalar *j)
{
    struct {
        p256_scalar r, he, divisor, s;
    } ws;
    uint8_t big_j[ECCSI_POINT_OCTETS], he_octets[ECCSI_HASH_OCTETS];
    const uint8_t *r_octets = big_j + 1;
    enum status status = STATUS_REJECTED;
    /* 2. J = [j]G, r = J_x. */
    if (!p256_multiply_g(big_j, sizeof big_j, j))
        return STATUS_NO_MEMORY;
    /* 3. The caller computed HS. 4. HE = hash(HS || r || M). */
    eccsi_hash_he(he_octets, hs, r_octets, message, message_len);
    p256_scalar_reduce(&ws.r, r_octets, P256_OCTETS);
    p256_scalar_reduce(&ws.he, he_octets, sizeof he_octets);
    /* 5. s' = j (HE + r SSK)^-1 mod q. */
    p256_scalar_mul(&ws.divisor, &ws.r, ssk);
    p256_scalar_add(&ws.divisor, &ws.divisor, &ws.he);
    p256_scalar_inv(&ws.s, &ws.divisor);
    p256_scalar_mul(&ws.s, &ws.s, j);
    /* The inverse of zero comes out as zero, so s tells of a zero divisor too. */
    if (!ct_reveal(p256_scalar_is_zero(&ws.r) | p256_scalar_is_zero(&ws.s))) {
        /* 6. s' fits its 32 octets: s = s'. 7. Signature = r || s || PVT. */
        memcpy(signature, r_octets, P256_OCTETS);
        p256_scalar_to_octets(signature + P256_OCTETS, P256_OCTETS, &ws.s);
        memcpy(signature + 2 * P256_OCTETS, pvt, ECCSI_POINT_OCTETS);
        status = STATUS_OK;
    }
    ct_wipe(&ws, sizeof ws);
    ct_wipe(big_j, sizeof big_j);
    return status;
}

enum status eccsi_sign_with_j(uint8_t *signature, size_t signature_len, const uint8_t *message,
    size_t message_len, const uint8_t *ssk, size_t ssk_len, const uint8_t *pvt, size_t pvt_len,
    const uint8_t *identifier, size_t identifier_len, const uint8_t *kpak, size_t kpak_len, const uint8_t *j,
    size_t j_len)
{
    if (signature_len != ECCSI_SIGNATURE_OCTETS || ssk_len != ECCSI_SCALAR_OCTETS
        || pvt_len != ECCSI_POINT_OCTETS || kpak_len != ECCSI_POINT_OCTETS
        || (j_len != 0 && j_len != ECCSI_SCALAR_OCTETS))
        return STATUS_BAD_LENGTH;
    struct {
        p256_scalar ssk, j;
    } ws;
    uint8_t hs[ECCSI_HASH_OCTETS];
    enum status status = STATUS_INVALID_KEY;
    memset(signature, 0, signature_len);
    BN_CTX *ctx = BN_CTX_new();
    EC_POINT *pvt_point = p256_point_from_octets(pvt, pvt_len, ctx);
    EC_POINT *kpak_point = p256_point_from_octets(kpak, kpak_len, ctx);
    if (ctx == NULL) {
        status = STATUS_NO_MEMORY;
        goto done;
    }
    if (pvt_point == NULL || kpak_point == NULL || !ct_reveal(p256_scalar_from_octets(&ws.ssk, ssk, ssk_len)))
        goto done;
    eccsi_hash_hs(hs, kpak, identifier, identifier_len, pvt);
    do {
        /* 1. j, random and never used again. */
        if (j_len != 0) {
            if (!ct_reveal(p256_scalar_from_octets(&ws.j, j, j_len)))
                break;
        } else if (!p256_scalar_random(&ws.j)) {
            status = STATUS_NO_RANDOM;
            break;
        }
        status = eccsi_sign_once(signature, message, message_len, &ws.ssk, pvt, hs, &ws.j);
    } while (status == STATUS_REJECTED && j_len == 0);
done:
    EC_POINT_free(pvt_point);
    EC_POINT_free(kpak_point);
    BN_CTX_free(ctx);
    ct_wipe(&ws, sizeof ws);
    ct_burn_stack();
    return status;
}

enum status eccsi_sign(uint8_t *signature, size_t signature_len, const uint8_t *message, size_t message_len,
    const uint8_t *ssk, size_t ssk_len, const uint8_t *pvt, size_t pvt_len, const uint8_t *identifier,
    size_t identifier_len, const uint8_t *kpak, size_t kpak_len)
{
    return eccsi_sign_with_j(signature, signature_len, message, message_len, ssk, ssk_len, pvt, pvt_len,
        identifier, identifier_len, kpak, kpak_len, NULL, 0);
}
