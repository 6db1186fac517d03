/* SAKKE, parameter set 1 (RFC 6508, RFC 6509 Appendix A): the public face of this half of the core.
 *
 * Integers are 128 big-endian octets, points 257 octets 04 || x || y. Every buffer comes with its length; a wrong
 * one answers STATUS_BAD_LENGTH and nothing is written. Outputs are written only with STATUS_OK; on any other
 * answer they are zero. Identifiers are public, everything called rsk, ssv or master_secret is not: no branch
 * and no address depends on those. */
#ifndef SAKKE_H
#define SAKKE_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"

#define SAKKE_SCALAR_OCTETS 128
#define SAKKE_POINT_OCTETS 257
#define SAKKE_COMPRESSED_OCTETS 129
#define SAKKE_SSV_OCTETS 16
#define SAKKE_SED_OCTETS 273 /* Encapsulated Data: R || H (RFC 6508 s4) */
#define SAKKE_IDENTIFIER_MOST 1024

/* A KMS public key Z, checked and with its tables. Public. */
typedef struct sakke_kms_key sakke_kms_key;

/* A callee who is called again and again: S = [b]P + Z with its table. Public. */
typedef struct sakke_callee sakke_callee;

/* A Receiver Secret Key in locked memory, with what decapsulation needs beside it. */
typedef struct sakke_receiver_key sakke_receiver_key;

/* Whether z is in 2..q-1, the range a new master secret is drawn from. 1 or 0. */
int sakke_master_secret_is_valid(const uint8_t *master_secret, size_t master_secret_len);

/* Z = [z]P (RFC 6508 s6.1.1). INVALID_KEY unless z is in 2..q-1. */
enum status sakke_kms_public_key(
    uint8_t *public_key, size_t public_key_len, const uint8_t *master_secret, size_t master_secret_len);

/* K = [(b + z)^-1]P (RFC 6508 s6.1.1). INVALID_KEY if b + z = 0 mod q: that identifier has no key. */
enum status sakke_extract_rsk(uint8_t *rsk, size_t rsk_len, const uint8_t *master_secret,
    size_t master_secret_len, const uint8_t *identifier, size_t identifier_len);

/* Check Z: octets, curve, [q]Z = O. INVALID_KEY, or *key, to be freed. */
enum status sakke_kms_key_load(sakke_kms_key **key, const uint8_t *public_key, size_t public_key_len);
void sakke_kms_key_free(sakke_kms_key *key);

/* <[b]P + Z, K> = g, and [q]K = O (RFC 6508 s6.1.2). */
enum status sakke_validate_rsk(const uint8_t *rsk, size_t rsk_len, const uint8_t *identifier,
    size_t identifier_len, const sakke_kms_key *kms_key);

/* RFC 6508 s6.2.1. */
enum status sakke_encapsulate(uint8_t *sed, size_t sed_len, const uint8_t *ssv, size_t ssv_len,
    const uint8_t *identifier, size_t identifier_len, const sakke_kms_key *kms_key);

/* A table of 1.26 MB for one identifier, and encapsulation with it in half the time. INVALID_KEY if b + z = 0. */
enum status sakke_callee_load(
    sakke_callee **callee, const uint8_t *identifier, size_t identifier_len, const sakke_kms_key *kms_key);
enum status sakke_encapsulate_to(
    uint8_t *sed, size_t sed_len, const uint8_t *ssv, size_t ssv_len, const sakke_callee *callee);
void sakke_callee_free(sakke_callee *callee);

/* Load K for decapsulation: octets and curve are checked, the pairing of sakke_validate_rsk is not. */
enum status sakke_receiver_key_load(sakke_receiver_key **key, const uint8_t *rsk, size_t rsk_len,
    const uint8_t *identifier, size_t identifier_len, const sakke_kms_key *kms_key);

/* Build the tables that make decapsulation fast, 1.7 MB: worth it from the third message on. INVALID_KEY if
 * <S, K> is not g; the key then goes on without, and rejects. Not while another thread uses the key. */
enum status sakke_receiver_key_prepare(sakke_receiver_key *key);

/* Whether everything secret in it could be locked against swapping. */
int sakke_receiver_key_is_locked(const sakke_receiver_key *key);
void sakke_receiver_key_free(sakke_receiver_key *key);

/* RFC 6508 s6.2.2. REJECTED for every fault of the Encapsulated Data. */
enum status sakke_decapsulate(
    uint8_t *ssv, size_t ssv_len, const uint8_t *sed, size_t sed_len, const sakke_receiver_key *key);

/* 257 octets to 129 and back; INVALID_KEY unless the point is on the curve. Its order is not checked. */
enum status sakke_compress_point(
    uint8_t *compressed, size_t compressed_len, const uint8_t *octets, size_t octets_len);
enum status sakke_decompress_point(
    uint8_t *octets, size_t octets_len, const uint8_t *compressed, size_t compressed_len);

#endif
