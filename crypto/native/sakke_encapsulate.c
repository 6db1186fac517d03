/* The sender's side of SAKKE (RFC 6508 s6.2.1). */
#include "sakke_keys.h"

#include <string.h>

#include "htir.h"
#include "pf.h"

enum status sakke_encapsulate(uint8_t *sed, size_t sed_len, const uint8_t *ssv, size_t ssv_len,
    const uint8_t *identifier, size_t identifier_len, const sakke_kms_key *kms_key)
{
    if (sed_len != SAKKE_SED_OCTETS || ssv_len != SAKKE_SSV_OCTETS || !sakke_identifier_fits(identifier_len))
        return STATUS_BAD_LENGTH;
    struct {
        fq r;
        edwards product;
        pf w;
        uint8_t w_octets[FP_OCTETS], mask[SAKKE_SSV_OCTETS];
    } ws;
    edwards s;
    edwards_table s_table;
    point big_r;
    enum status status = STATUS_INVALID_KEY;
    memset(sed, 0, sed_len);
    if (!ct_reveal(sakke_receiver_point(&s, identifier, identifier_len, kms_key)))
        goto done;
    /* 1. The caller chose SSV. 2. r = HashToIntegerRange(SSV || b, q). */
    htir_scalar(&ws.r, ssv, ssv_len, identifier, identifier_len);
    /* 3. R = [r]([b]P + Z). */
    edwards_table_build(&s_table, &s);
    edwards_multiply(&ws.product, &ws.r, FQ_BITS, &s_table);
    if (!ct_reveal(edwards_to_point(&big_r, &ws.product)))
        goto done;
    point_to_octets(sed, SAKKE_POINT_OCTETS, &big_r);
    /* 4. H = SSV xor HashToIntegerRange(g^r, 2^128). */
    pf_power_of_g(&ws.w, &ws.r);
    pf_to_octets(ws.w_octets, sizeof ws.w_octets, &ws.w);
    htir_mask(ws.mask, sizeof ws.mask, ws.w_octets, sizeof ws.w_octets);
    for (size_t i = 0; i < SAKKE_SSV_OCTETS; i++)
        sed[SAKKE_POINT_OCTETS + i] = ssv[i] ^ ws.mask[i];
    /* 5. The Encapsulated Data is R || H. */
    status = STATUS_OK;
done:
    ct_wipe(&ws, sizeof ws);
    ct_burn_stack();
    return status;
}
