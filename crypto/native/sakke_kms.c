/* The KMS side: Z = [z]P and Receiver Secret Keys (RFC 6508 s6.1.1). */
#include "sakke_keys.h"

#include <string.h>

/* octets = [k]P; INVALID_KEY if that is infinity. */
static enum status sakke_multiply_p(uint8_t *octets, size_t octets_len, const fq *k)
{
    struct {
        digits k;
        edwards product;
        point affine;
    } ws;
    const fixed_edwards *p_table = fixed_edwards_of_p();
    if (p_table == NULL)
        return STATUS_NO_MEMORY;
    digits_recode(&ws.k, k, FQ_BITS);
    edwards_set_neutral(&ws.product);
    fixed_edwards_add(&ws.product, &ws.k, p_table);
    enum status status = STATUS_INVALID_KEY;
    if (ct_reveal(edwards_to_point(&ws.affine, &ws.product))) {
        point_to_octets(octets, octets_len, &ws.affine);
        status = STATUS_OK;
    }
    ct_wipe(&ws, sizeof ws);
    return status;
}

int sakke_master_secret_is_valid(const uint8_t *master_secret, size_t master_secret_len)
{
    fq z;
    int valid = ct_reveal(fq_from_octets(&z, master_secret, master_secret_len));
    ct_wipe(&z, sizeof z);
    ct_burn_stack();
    return valid;
}

enum status sakke_kms_public_key(
    uint8_t *public_key, size_t public_key_len, const uint8_t *master_secret, size_t master_secret_len)
{
    if (public_key_len != SAKKE_POINT_OCTETS || master_secret_len != SAKKE_SCALAR_OCTETS)
        return STATUS_BAD_LENGTH;
    fq z;
    enum status status = STATUS_INVALID_KEY;
    memset(public_key, 0, public_key_len);
    if (ct_reveal(fq_from_octets(&z, master_secret, master_secret_len)))
        status = sakke_multiply_p(public_key, public_key_len, &z);
    ct_wipe(&z, sizeof z);
    ct_burn_stack();
    return status;
}

enum status sakke_extract_rsk(uint8_t *rsk, size_t rsk_len, const uint8_t *master_secret,
    size_t master_secret_len, const uint8_t *identifier, size_t identifier_len)
{
    if (rsk_len != SAKKE_POINT_OCTETS || master_secret_len != SAKKE_SCALAR_OCTETS
        || !sakke_identifier_fits(identifier_len))
        return STATUS_BAD_LENGTH;
    struct {
        fq z, b, sum;
    } ws;
    enum status status = STATUS_INVALID_KEY;
    memset(rsk, 0, rsk_len);
    if (!ct_reveal(fq_from_octets(&ws.z, master_secret, master_secret_len)))
        goto done;
    fq_reduce_octets(&ws.b, identifier, identifier_len);
    fq_add(&ws.sum, &ws.b, &ws.z);
    if (ct_reveal(fq_is_zero(&ws.sum)))
        goto done;
    fq_inv(&ws.sum, &ws.sum);
    status = sakke_multiply_p(rsk, rsk_len, &ws.sum);
done:
    ct_wipe(&ws, sizeof ws);
    ct_burn_stack();
    return status;
}
