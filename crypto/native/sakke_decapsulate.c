/* The receiver's side of SAKKE (RFC 6508 s6.2.2). */
#include "sakke_keys.h"

#include <string.h>

#include "htir.h"
#include "pairing.h"

/* r = [k]S. */
static void sakke_multiply_s(edwards *r, const fq *k, const sakke_receiver_key *key)
{
    digits k_digits;
    if (key->s_table == NULL) {
        edwards_multiply(r, k, FQ_BITS, &key->s_few);
        return;
    }
    digits_recode(&k_digits, k, FQ_BITS);
    edwards_set_neutral(r);
    fixed_edwards_add(r, &k_digits, key->s_table);
    ct_wipe(&k_digits, sizeof k_digits);
}

enum status sakke_decapsulate(
    uint8_t *ssv, size_t ssv_len, const uint8_t *sed, size_t sed_len, const sakke_receiver_key *key)
{
    if (ssv_len != SAKKE_SSV_OCTETS)
        return STATUS_BAD_LENGTH;
    struct {
        pf w;
        uint8_t w_octets[FP_OCTETS], mask[SAKKE_SSV_OCTETS], ssv[SAKKE_SSV_OCTETS];
        fq r;
        edwards test;
    } ws;
    point big_r;
    enum status status = STATUS_REJECTED;
    memset(ssv, 0, ssv_len);
    /* 1. Parse R || H. A point that is none never meets the key. */
    if (sed_len != SAKKE_SED_OCTETS || !ct_reveal(point_from_octets(&big_r, sed, SAKKE_POINT_OCTETS)))
        goto done;
    /* 2. w = <R, K>. */
    if (key->pairing != NULL)
        pairing_table_compute(&ws.w, key->pairing, &big_r);
    else
        pairing_compute(&ws.w, &big_r, &key->k);
    /* 3. SSV = H xor HashToIntegerRange(w, 2^128). */
    pf_to_octets(ws.w_octets, sizeof ws.w_octets, &ws.w);
    htir_mask(ws.mask, sizeof ws.mask, ws.w_octets, sizeof ws.w_octets);
    for (size_t i = 0; i < SAKKE_SSV_OCTETS; i++)
        ws.ssv[i] = sed[SAKKE_POINT_OCTETS + i] ^ ws.mask[i];
    /* 4. r = HashToIntegerRange(SSV || b, q). */
    htir_scalar(&ws.r, ws.ssv, sizeof ws.ssv, key->identifier, key->identifier_len);
    /* 5. TEST = [r]([b]P + Z) must equal R, which also proves that R has order q. */
    sakke_multiply_s(&ws.test, &ws.r, key);
    if (!ct_reveal(edwards_equals_point(&ws.test, &big_r)))
        goto done;
    /* 6. Give SSV out. */
    memcpy(ssv, ws.ssv, ssv_len);
    status = STATUS_OK;
done:
    ct_wipe(&ws, sizeof ws);
    ct_burn_stack();
    return status;
}
