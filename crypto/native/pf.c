/* Arithmetic in F_p^2 and PF_p. */
#include "pf.h"

#include "constants.h"
#include "digits.h"

static const fp G = { PF_G_MONT };

const pf PF_ONE = { { FP_ONE_MONT }, { { 0 } } };

void pf_mul(pf *r, const pf *v, const pf *u)
{
    /* (a + ib)(c + id) = (ac - bd) + i((a + b)(c + d) - ac - bd): three products, reduced twice. */
    struct {
        fp_wide ac, bd, cross;
        fp left, right;
    } ws;
    fp_add(&ws.left, &v->a, &v->b);
    fp_add(&ws.right, &u->a, &u->b);
    fp_mul_wide(&ws.ac, &v->a, &u->a);
    fp_mul_wide(&ws.bd, &v->b, &u->b);
    fp_mul_wide(&ws.cross, &ws.left, &ws.right);
    fp_wide_sub(&ws.cross, &ws.ac);
    fp_wide_sub(&ws.cross, &ws.bd);
    fp_wide_sub(&ws.ac, &ws.bd);
    fp_redc(&r->a, &ws.ac);
    fp_redc(&r->b, &ws.cross);
    ct_wipe(&ws, sizeof ws);
}

void pf_sqr(pf *r, const pf *v)
{
    /* (a + ib)^2 = (a + b)(a - b) + i 2ab. */
    struct {
        fp sum, difference;
    } ws;
    fp_add(&ws.sum, &v->a, &v->b);
    fp_sub(&ws.difference, &v->a, &v->b);
    fp_mul(&r->b, &v->a, &v->b);
    fp_add(&r->b, &r->b, &r->b);
    fp_mul(&r->a, &ws.sum, &ws.difference);
    ct_wipe(&ws, sizeof ws);
}

void pf_generator(pf *r)
{
    r->a = FP_ONE;
    r->b = G;
}

/* r = g^digit from the table of g^1..g^16: all entries are read, a negative power is the conjugate. */
static void pf_table_look_up(pf *r, const pf table[DIGITS_LARGEST], digit d)
{
    *r = PF_ONE;
    for (uint64_t k = 1; k <= DIGITS_LARGEST; k++) {
        ct_mask here = ct_is_equal(d.magnitude, k);
        fp_select(&r->a, here, &table[k - 1].a, &r->a);
        fp_select(&r->b, here, &table[k - 1].b, &r->b);
    }
    fp minus;
    fp_neg(&minus, &r->b);
    fp_select(&r->b, d.negative, &minus, &r->b);
    ct_wipe(&minus, sizeof minus);
}

void pf_power_of_g(pf *r, const fq *k)
{
    struct {
        pf table[DIGITS_LARGEST], acc, power;
        digits k;
    } ws;
    pf_generator(&ws.table[0]);
    for (int i = 1; i < DIGITS_LARGEST; i++)
        pf_mul(&ws.table[i], &ws.table[i - 1], &ws.table[0]);
    digits_recode(&ws.k, k, FQ_BITS);
    ws.acc = PF_ONE;
    for (size_t i = ws.k.count; i-- > 0;) {
        for (int step = 0; step < DIGITS_WIDTH; step++)
            pf_sqr(&ws.acc, &ws.acc);
        pf_table_look_up(&ws.power, ws.table, ws.k.digit[i]);
        pf_mul(&ws.acc, &ws.acc, &ws.power);
    }
    *r = ws.acc;
    ct_wipe(&ws, sizeof ws);
}

void pf_to_octets_over(uint8_t *octets, size_t len, const pf *v, const fp *inverse)
{
    fp t;
    fp_mul(&t, inverse, &v->b);
    fp_to_octets(octets, len, &t);
    ct_wipe(&t, sizeof t);
}

void pf_to_octets(uint8_t *octets, size_t len, const pf *v)
{
    fp inverse;
    fp_inv_blinded(&inverse, &v->a);
    pf_to_octets_over(octets, len, v, &inverse);
    ct_wipe(&inverse, sizeof inverse);
}

ct_mask pf_is_g(const pf *v)
{
    fp expected;
    fp_mul(&expected, &v->a, &G);
    ct_mask same = fp_equal(&expected, &v->b) & ~fp_is_zero(&v->a);
    ct_wipe(&expected, sizeof expected);
    return same;
}
