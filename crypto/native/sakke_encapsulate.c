/* The sender's side of SAKKE (RFC 6508 s6.2.1). */
#include "sakke_keys.h"

#include <string.h>

#include "fixed_pf.h"
#include "htir.h"

/* Steps 3 to 5 from r and [r]S: the affine R, and H. */
static enum status sakke_seal(uint8_t *sed, const uint8_t *ssv, const digits *r, const edwards *product)
{
    struct {
        pf w;
        fp denominator, common, inverse;
        uint8_t w_octets[FP_OCTETS], mask[SAKKE_SSV_OCTETS];
    } ws;
    point big_r;
    enum status status = STATUS_INVALID_KEY;
    const fixed_pf *g = fixed_pf_of_g();
    if (g == NULL)
        return STATUS_NO_MEMORY;
    edwards_denominator(&ws.denominator, product);
    if (ct_reveal(fp_is_zero(&ws.denominator)))
        goto done;
    /* g^r = a + ib; one inversion serves R and b/a. */
    fixed_pf_power(&ws.w, r, g);
    fp_mul(&ws.common, &ws.denominator, &ws.w.a);
    fp_inv_blinded(&ws.common, &ws.common);
    fp_mul(&ws.inverse, &ws.common, &ws.w.a);
    edwards_to_point_over(&big_r, product, &ws.inverse);
    point_to_octets(sed, SAKKE_POINT_OCTETS, &big_r);
    /* 4. H = SSV xor HashToIntegerRange(g^r, 2^128). */
    fp_mul(&ws.inverse, &ws.common, &ws.denominator);
    pf_to_octets_over(ws.w_octets, sizeof ws.w_octets, &ws.w, &ws.inverse);
    htir_mask(ws.mask, sizeof ws.mask, ws.w_octets, sizeof ws.w_octets);
    for (size_t i = 0; i < SAKKE_SSV_OCTETS; i++)
        sed[SAKKE_POINT_OCTETS + i] = ssv[i] ^ ws.mask[i];
    /* 5. The Encapsulated Data is R || H. */
    status = STATUS_OK;
done:
    ct_wipe(&ws, sizeof ws);
    return status;
}

enum status sakke_encapsulate(uint8_t *sed, size_t sed_len, const uint8_t *ssv, size_t ssv_len,
    const uint8_t *identifier, size_t identifier_len, const sakke_kms_key *kms_key)
{
    if (sed_len != SAKKE_SED_OCTETS || ssv_len != SAKKE_SSV_OCTETS || !sakke_identifier_fits(identifier_len))
        return STATUS_BAD_LENGTH;
    struct {
        fq r, rb;
        digits r_digits, rb_digits;
        edwards product;
    } ws;
    fq b;
    memset(sed, 0, sed_len);
    fq_reduce_octets(&b, identifier, identifier_len);
    /* 1. The caller chose SSV. 2. r = HashToIntegerRange(SSV || b, q). */
    htir_scalar(&ws.r, ssv, ssv_len, identifier, identifier_len);
    /* 3. R = [r]([b]P + Z) = [rb mod q]P + [r]Z. */
    fq_mul(&ws.rb, &ws.r, &b);
    digits_recode(&ws.r_digits, &ws.r, FQ_BITS);
    digits_recode(&ws.rb_digits, &ws.rb, FQ_BITS);
    edwards_set_neutral(&ws.product);
    fixed_edwards_add(&ws.product, &ws.rb_digits, kms_key->p_table);
    fixed_edwards_add(&ws.product, &ws.r_digits, &kms_key->z_table);
    enum status status = sakke_seal(sed, ssv, &ws.r_digits, &ws.product);
    ct_wipe(&ws, sizeof ws);
    ct_burn_stack();
    return status;
}

enum status sakke_encapsulate_to(
    uint8_t *sed, size_t sed_len, const uint8_t *ssv, size_t ssv_len, const sakke_callee *callee)
{
    if (sed_len != SAKKE_SED_OCTETS || ssv_len != SAKKE_SSV_OCTETS)
        return STATUS_BAD_LENGTH;
    struct {
        fq r;
        digits r_digits;
        edwards product;
    } ws;
    memset(sed, 0, sed_len);
    htir_scalar(&ws.r, ssv, ssv_len, callee->identifier, callee->identifier_len);
    /* 3. R = [r]S. */
    digits_recode(&ws.r_digits, &ws.r, FQ_BITS);
    edwards_set_neutral(&ws.product);
    fixed_edwards_add(&ws.product, &ws.r_digits, &callee->s_table);
    enum status status = sakke_seal(sed, ssv, &ws.r_digits, &ws.product);
    ct_wipe(&ws, sizeof ws);
    ct_burn_stack();
    return status;
}
