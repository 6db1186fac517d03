/* Loading KMS public keys and Receiver Secret Keys; compression of points. */
#include "sakke_keys.h"

#include <stdlib.h>
#include <string.h>

#include "jacobian.h"
#include "memory.h"
#include "pairing.h"

int sakke_identifier_fits(size_t identifier_len)
{
    return identifier_len >= 1 && identifier_len <= SAKKE_IDENTIFIER_MOST;
}

ct_mask sakke_receiver_point(
    edwards *s, const uint8_t *identifier, size_t identifier_len, const sakke_kms_key *kms_key)
{
    fq b;
    digits b_digits;
    /* The identifier as an integer is often much shorter than q; its length is public. */
    size_t bits = identifier_len * 8 < FQ_BITS ? identifier_len * 8 : FQ_BITS;
    fq_reduce_octets(&b, identifier, identifier_len);
    digits_recode(&b_digits, &b, bits);
    *s = kms_key->z_edwards;
    fixed_edwards_add(s, &b_digits, kms_key->p_table);
    return ~edwards_is_neutral(s);
}

enum status sakke_kms_key_load(sakke_kms_key **key, const uint8_t *public_key, size_t public_key_len)
{
    *key = NULL;
    if (public_key_len != SAKKE_POINT_OCTETS)
        return STATUS_BAD_LENGTH;
    point z;
    if (!ct_reveal(point_from_octets(&z, public_key, public_key_len)) || !ct_reveal(jacobian_has_order_q(&z)))
        return STATUS_INVALID_KEY;
    sakke_kms_key *loaded = calloc(1, sizeof *loaded);
    if (loaded == NULL)
        return STATUS_NO_MEMORY;
    edwards_from_point(&loaded->z_edwards, &z);
    loaded->p_table = fixed_edwards_of_p();
    if (loaded->p_table == NULL || !fixed_edwards_build(&loaded->z_table, &loaded->z_edwards)) {
        free(loaded);
        return STATUS_NO_MEMORY;
    }
    *key = loaded;
    return STATUS_OK;
}

void sakke_kms_key_free(sakke_kms_key *key)
{
    free(key);
}

enum status sakke_callee_load(
    sakke_callee **callee, const uint8_t *identifier, size_t identifier_len, const sakke_kms_key *kms_key)
{
    *callee = NULL;
    if (!sakke_identifier_fits(identifier_len))
        return STATUS_BAD_LENGTH;
    edwards s;
    if (!ct_reveal(sakke_receiver_point(&s, identifier, identifier_len, kms_key)))
        return STATUS_INVALID_KEY;
    sakke_callee *loaded = calloc(1, sizeof *loaded);
    if (loaded == NULL || !fixed_edwards_build(&loaded->s_table, &s)) {
        free(loaded);
        return STATUS_NO_MEMORY;
    }
    loaded->identifier_len = identifier_len;
    memcpy(loaded->identifier, identifier, identifier_len);
    *callee = loaded;
    return STATUS_OK;
}

void sakke_callee_free(sakke_callee *callee)
{
    free(callee);
}

enum status sakke_validate_rsk(const uint8_t *rsk, size_t rsk_len, const uint8_t *identifier,
    size_t identifier_len, const sakke_kms_key *kms_key)
{
    if (rsk_len != SAKKE_POINT_OCTETS || !sakke_identifier_fits(identifier_len))
        return STATUS_BAD_LENGTH;
    struct {
        point k;
        pf v;
    } ws;
    edwards s;
    point s_affine;
    enum status status = STATUS_INVALID_KEY;
    if (!ct_reveal(point_from_octets(&ws.k, rsk, rsk_len)))
        goto done;
    if (!ct_reveal(sakke_receiver_point(&s, identifier, identifier_len, kms_key)))
        goto done;
    edwards_to_point(&s_affine, &s);
    /* K goes first, so that the loop finds its order on the way: a point of small order added to K would
     * leave the pairing as it is. */
    ct_mask valid = pairing_compute(&ws.v, &ws.k, &s_affine);
    valid &= pf_is_g(&ws.v);
    if (ct_reveal(valid))
        status = STATUS_OK;
done:
    ct_wipe(&ws, sizeof ws);
    ct_burn_stack();
    return status;
}

enum status sakke_receiver_key_load(sakke_receiver_key **key, const uint8_t *rsk, size_t rsk_len,
    const uint8_t *identifier, size_t identifier_len, const sakke_kms_key *kms_key)
{
    *key = NULL;
    if (rsk_len != SAKKE_POINT_OCTETS || !sakke_identifier_fits(identifier_len))
        return STATUS_BAD_LENGTH;
    int locked = 0;
    sakke_receiver_key *loaded = memory_take(sizeof *loaded, &locked);
    if (loaded == NULL)
        return STATUS_NO_MEMORY;
    enum status status = STATUS_INVALID_KEY;
    if (ct_reveal(point_from_octets(&loaded->k, rsk, rsk_len))
        && ct_reveal(sakke_receiver_point(&loaded->s, identifier, identifier_len, kms_key))) {
        edwards_table_build(&loaded->s_few, &loaded->s);
        loaded->locked = locked;
        loaded->identifier_len = identifier_len;
        memcpy(loaded->identifier, identifier, identifier_len);
        *key = loaded;
        status = STATUS_OK;
    } else {
        memory_give_back(loaded, sizeof *loaded);
    }
    ct_burn_stack();
    return status;
}

/* The functions of K, kept only if they give <S, K> = g. */
static pairing_table *sakke_pairing_table(const point *k, const edwards *s, int *locked)
{
    point s_affine;
    pf v;
    int work_locked = 0;
    pairing_table *table = memory_take(sizeof *table, locked);
    (void)edwards_to_point(&s_affine, s);
    if (table != NULL && pairing_table_build(table, k, &work_locked)) {
        *locked &= work_locked;
        pairing_table_compute(&v, table, &s_affine);
        int fits = ct_reveal(pf_is_g(&v));
        ct_wipe(&v, sizeof v);
        if (fits)
            return table;
    }
    memory_give_back(table, sizeof *table);
    return NULL;
}

enum status sakke_receiver_key_prepare(sakke_receiver_key *key)
{
    if (key->s_table == NULL) {
        fixed_edwards *table = malloc(sizeof *table);
        if (table == NULL || !fixed_edwards_build(table, &key->s)) {
            free(table);
            return STATUS_NO_MEMORY;
        }
        key->s_table = table;
    }
    if (key->pairing == NULL) {
        int locked = 0;
        key->pairing = sakke_pairing_table(&key->k, &key->s, &locked);
        key->locked &= locked;
    }
    ct_burn_stack();
    return key->pairing == NULL ? STATUS_INVALID_KEY : STATUS_OK;
}

int sakke_receiver_key_is_locked(const sakke_receiver_key *key)
{
    return key->locked;
}

void sakke_receiver_key_free(sakke_receiver_key *key)
{
    if (key == NULL)
        return;
    free(key->s_table);
    memory_give_back(key->pairing, sizeof *key->pairing);
    memory_give_back(key, sizeof *key);
}

enum status sakke_compress_point(
    uint8_t *compressed, size_t compressed_len, const uint8_t *octets, size_t octets_len)
{
    if (compressed_len != SAKKE_COMPRESSED_OCTETS || octets_len != SAKKE_POINT_OCTETS)
        return STATUS_BAD_LENGTH;
    point a;
    enum status status = STATUS_INVALID_KEY;
    memset(compressed, 0, compressed_len);
    if (ct_reveal(point_from_octets(&a, octets, octets_len))) {
        point_compress(compressed, compressed_len, &a);
        status = STATUS_OK;
    }
    ct_wipe(&a, sizeof a);
    ct_burn_stack();
    return status;
}

enum status sakke_decompress_point(
    uint8_t *octets, size_t octets_len, const uint8_t *compressed, size_t compressed_len)
{
    if (compressed_len != SAKKE_COMPRESSED_OCTETS || octets_len != SAKKE_POINT_OCTETS)
        return STATUS_BAD_LENGTH;
    point a;
    enum status status = STATUS_INVALID_KEY;
    memset(octets, 0, octets_len);
    if (ct_reveal(point_decompress(&a, compressed, compressed_len))) {
        point_to_octets(octets, octets_len, &a);
        status = STATUS_OK;
    }
    ct_wipe(&a, sizeof a);
    ct_burn_stack();
    return status;
}
