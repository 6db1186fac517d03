/* Miller's loop over the bits of q - 1, and the final power. */
#include "pairing.h"

#include "jacobian.h"

/* v = v * (constant + slope x_b + i height y_b). */
static void pairing_multiply_line(pf *v, const jacobian_line *line, const point *b)
{
    pf value;
    fp_mul(&value.a, &line->slope, &b->x);
    fp_add(&value.a, &value.a, &line->constant);
    fp_mul(&value.b, &line->height, &b->y);
    pf_mul(v, v, &value);
    ct_wipe(&value, sizeof value);
}

ct_mask pairing_compute(pf *r, const point *a, const point *b)
{
    struct {
        jacobian c;
        jacobian_line line;
        pf v;
    } ws;
    /* The pseudocode of RFC 6508 s3.2. Factors in F_p vanish in PF_p, so the denominators of the slopes are
     * left out. 1. v = 1, C = a. */
    ws.v = PF_ONE;
    jacobian_start(&ws.c, a);
    /* 2. For the bits of q - 1 below the top one. */
    for (int bit = JACOBIAN_FIRST_BIT; bit >= 0; bit--) {
        /* 2.1 v = v^2 times the tangent at C; C = [2]C. */
        pf_sqr(&ws.v, &ws.v);
        jacobian_double(&ws.c, &ws.line);
        pairing_multiply_line(&ws.v, &ws.line, b);
        /* 2.2 If the bit is set: v = v times the line through C and a; C = C + a. */
        if (jacobian_chain_bit(bit)) {
            jacobian_add(&ws.c, a, &ws.line);
            pairing_multiply_line(&ws.v, &ws.line, b);
        }
    }
    /* 3. v = v^c, c = (p + 1)/q = 4. */
    pf_sqr(&ws.v, &ws.v);
    pf_sqr(r, &ws.v);
    ct_mask order_q = jacobian_is_negative(&ws.c, a);
    ct_wipe(&ws, sizeof ws);
    return order_q;
}
