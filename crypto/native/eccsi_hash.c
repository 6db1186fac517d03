/* HS and HE. */
#include "eccsi_hash.h"

#include "p256.h"

void eccsi_hash_hs(uint8_t hs[ECCSI_HASH_OCTETS], const uint8_t *kpak, const uint8_t *identifier,
    size_t identifier_len, const uint8_t *pvt)
{
    SHA256_CTX ctx;
    SHA256_Init(&ctx);
    SHA256_Update(&ctx, P256_G_OCTETS, P256_POINT_OCTETS);
    SHA256_Update(&ctx, kpak, P256_POINT_OCTETS);
    SHA256_Update(&ctx, identifier, identifier_len);
    SHA256_Update(&ctx, pvt, P256_POINT_OCTETS);
    SHA256_Final(hs, &ctx);
    ct_wipe(&ctx, sizeof ctx);
}

void eccsi_hash_he(uint8_t he[ECCSI_HASH_OCTETS], const uint8_t hs[ECCSI_HASH_OCTETS], const uint8_t *r,
    const uint8_t *message, size_t message_len)
{
    SHA256_CTX ctx;
    SHA256_Init(&ctx);
    SHA256_Update(&ctx, hs, ECCSI_HASH_OCTETS);
    SHA256_Update(&ctx, r, P256_OCTETS);
    SHA256_Update(&ctx, message, message_len);
    SHA256_Final(he, &ctx);
    ct_wipe(&ctx, sizeof ctx);
}
