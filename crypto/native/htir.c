/* HashToIntegerRange. */
#include "htir.h"

#include <string.h>

#include "libcrypto.h"

#define HASH_OCTETS SHA256_DIGEST_LENGTH
#define SCALAR_HASHES 4 /* l = Ceiling(lg(q)/256), q of 1022 bits */

static void htir_hash(
    uint8_t digest[HASH_OCTETS], const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len)
{
    SHA256_CTX ctx;
    SHA256_Init(&ctx);
    SHA256_Update(&ctx, a, a_len);
    SHA256_Update(&ctx, b, b_len);
    SHA256_Final(digest, &ctx);
    ct_wipe(&ctx, sizeof ctx);
}

/* v_1 || ... || v_count, count times 32 octets. */
static void htir_expand(
    uint8_t *v, size_t count, const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len)
{
    uint8_t big_a[HASH_OCTETS];
    uint8_t h[HASH_OCTETS] = { 0 }; /* 2. h_0 = 0 */
    /* 1. A = hashfn(s). */
    htir_hash(big_a, a, a_len, b, b_len);
    /* 4. For i in 1..l: h_i = hashfn(h_(i-1)), v_i = hashfn(h_i || A). */
    for (size_t i = 0; i < count; i++) {
        htir_hash(h, h, sizeof h, NULL, 0);
        htir_hash(v + i * HASH_OCTETS, h, sizeof h, big_a, sizeof big_a);
    }
    ct_wipe(big_a, sizeof big_a);
}

void htir_scalar(fq *r, const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len)
{
    uint8_t v[SCALAR_HASHES * HASH_OCTETS];
    htir_expand(v, SCALAR_HASHES, a, a_len, b, b_len);
    /* 5., 6. v = v' mod n. */
    fq_reduce_octets(r, v, sizeof v);
    ct_wipe(v, sizeof v);
}

void htir_mask(uint8_t *mask, size_t mask_len, const uint8_t *w, size_t w_len)
{
    uint8_t v[HASH_OCTETS]; /* l = Ceiling(128/256) = 1 */
    htir_expand(v, 1, w, w_len, NULL, 0);
    /* v' mod 2^128 is its last 16 octets. */
    memcpy(mask, v + HASH_OCTETS - mask_len, mask_len);
    ct_wipe(v, sizeof v);
}
