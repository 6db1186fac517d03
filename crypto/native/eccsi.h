/* ECCSI on P-256 with SHA-256 (RFC 6507): the public face of this half of the core.
 *
 * Integers are 32 big-endian octets, points 65 octets 04 || x || y. Every buffer comes with its length; a wrong
 * one answers STATUS_BAD_LENGTH and nothing is written. ksak, ssk, v and j are secret. */
#ifndef ECCSI_H
#define ECCSI_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"

#define ECCSI_SCALAR_OCTETS 32
#define ECCSI_POINT_OCTETS 65
#define ECCSI_COMPRESSED_OCTETS 33
#define ECCSI_SIGNATURE_OCTETS 129 /* r || s || PVT (RFC 6507 s3.3) */

/* A new KSAK, uniform in 1..q-1 (RFC 6507 s4.2). */
enum status eccsi_generate_ksak(uint8_t *ksak, size_t ksak_len);

/* KPAK = [KSAK]G (RFC 6507 s4.2). INVALID_KEY unless KSAK is in 1..q-1. */
enum status eccsi_kms_public_key(uint8_t *kpak, size_t kpak_len, const uint8_t *ksak, size_t ksak_len);

/* (SSK, PVT) for an identifier (RFC 6507 s5.1.1). v is drawn at random when v_len is 0; a v given from outside
 * that does not yield a key answers INVALID_KEY. */
enum status eccsi_extract_ssk(uint8_t *ssk, size_t ssk_len, uint8_t *pvt, size_t pvt_len, const uint8_t *ksak,
    size_t ksak_len, const uint8_t *identifier, size_t identifier_len, const uint8_t *v, size_t v_len);

/* KPAK = [SSK]G - [HS]PVT (RFC 6507 s5.1.2). */
enum status eccsi_validate_ssk(const uint8_t *ssk, size_t ssk_len, const uint8_t *pvt, size_t pvt_len,
    const uint8_t *identifier, size_t identifier_len, const uint8_t *kpak, size_t kpak_len);

/* RFC 6507 s5.2.1. */
enum status eccsi_sign(uint8_t *signature, size_t signature_len, const uint8_t *message, size_t message_len,
    const uint8_t *ssk, size_t ssk_len, const uint8_t *pvt, size_t pvt_len, const uint8_t *identifier,
    size_t identifier_len, const uint8_t *kpak, size_t kpak_len);

/* The same with a given j, for the vector of RFC 6507 Appendix A only: a j used twice gives SSK away. */
enum status eccsi_sign_with_j(uint8_t *signature, size_t signature_len, const uint8_t *message,
    size_t message_len, const uint8_t *ssk, size_t ssk_len, const uint8_t *pvt, size_t pvt_len,
    const uint8_t *identifier, size_t identifier_len, const uint8_t *kpak, size_t kpak_len, const uint8_t *j,
    size_t j_len);

/* RFC 6507 s5.2.2. REJECTED for every fault of the signature, INVALID_KEY if KPAK is no point. */
enum status eccsi_verify(const uint8_t *signature, size_t signature_len, const uint8_t *message,
    size_t message_len, const uint8_t *identifier, size_t identifier_len, const uint8_t *kpak, size_t kpak_len);

/* What the verification of every signature by one signer has in common, for signers met again: HS, and
 * Y = [HS]PVT + KPAK. INVALID_KEY unless PVT and KPAK are points and Y is. */
enum status eccsi_signer_load(uint8_t *hs, size_t hs_len, uint8_t *y, size_t y_len, const uint8_t *pvt,
    size_t pvt_len, const uint8_t *identifier, size_t identifier_len, const uint8_t *kpak, size_t kpak_len);

/* RFC 6507 s5.2.2 with them. That the PVT in the signature is the signer's is up to the caller. */
enum status eccsi_verify_signer(const uint8_t *signature, size_t signature_len, const uint8_t *message,
    size_t message_len, const uint8_t *hs, size_t hs_len, const uint8_t *y, size_t y_len);

/* 65 octets to 33 and back; INVALID_KEY unless the point is on the curve. */
enum status eccsi_compress_point(
    uint8_t *compressed, size_t compressed_len, const uint8_t *octets, size_t octets_len);
enum status eccsi_decompress_point(
    uint8_t *octets, size_t octets_len, const uint8_t *compressed, size_t compressed_len);

#endif
