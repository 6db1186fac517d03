/* The two hashes of ECCSI. Inside of the core. */
#ifndef ECCSI_HASH_H
#define ECCSI_HASH_H

#include <stddef.h>
#include <stdint.h>

#define ECCSI_HASH_OCTETS 32

/* HS = SHA256(G || KPAK || ID || PVT) (RFC 6507 s5.1.1); kpak and pvt are 65 octets. */
void eccsi_hash_hs(uint8_t hs[ECCSI_HASH_OCTETS], const uint8_t *kpak, const uint8_t *identifier,
    size_t identifier_len, const uint8_t *pvt);

/* HE = SHA256(HS || r || M) (RFC 6507 s5.2.1); r is 32 octets. */
void eccsi_hash_he(uint8_t he[ECCSI_HASH_OCTETS], const uint8_t hs[ECCSI_HASH_OCTETS], const uint8_t *r,
    const uint8_t *message, size_t message_len);

#endif
