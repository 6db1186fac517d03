/* Doubling and addition on y^2 = x^3 - 3x in Jacobian coordinates. */
#include "jacobian.h"

#include "constants.h"

int jacobian_chain_bit(int bit)
{
    static const uint64_t chain[FP_WORDS] = FQ_MODULUS_MINUS_1;
    return (int)(chain[bit / 64] >> (bit % 64) & 1);
}

void jacobian_start(jacobian *c, const point *a)
{
    c->x = a->x;
    c->y = a->y;
    c->z = FP_ONE;
}

void jacobian_double(jacobian *c, jacobian_line *line)
{
    struct {
        fp zz, yy, m, t, u, z3;
    } ws;
    fp_sqr(&ws.zz, &c->z);
    fp_sqr(&ws.yy, &c->y);
    /* m = 3 (X - Z^2) (X + Z^2), the numerator of the slope: the curve has a = -3. */
    fp_sub(&ws.t, &c->x, &ws.zz);
    fp_add(&ws.u, &c->x, &ws.zz);
    fp_mul(&ws.t, &ws.t, &ws.u);
    fp_add(&ws.m, &ws.t, &ws.t);
    fp_add(&ws.m, &ws.m, &ws.t);
    /* Z3 = 2 Y Z. */
    fp_mul(&ws.z3, &c->y, &c->z);
    fp_add(&ws.z3, &ws.z3, &ws.z3);
    /* Tangent: m (x Z^2 + X) - 2 Y^2 + i Z3 Z^2 y. */
    fp_mul(&line->slope, &ws.m, &ws.zz);
    fp_mul(&line->height, &ws.z3, &ws.zz);
    fp_mul(&line->constant, &ws.m, &c->x);
    fp_add(&ws.u, &ws.yy, &ws.yy);
    fp_sub(&line->constant, &line->constant, &ws.u);
    /* T = 4 X Y^2; X3 = m^2 - 2T; Y3 = m (T - X3) - 8 Y^4. */
    fp_mul(&ws.t, &c->x, &ws.u);
    fp_add(&ws.t, &ws.t, &ws.t);
    fp_sqr(&c->x, &ws.m);
    fp_sub(&c->x, &c->x, &ws.t);
    fp_sub(&c->x, &c->x, &ws.t);
    fp_sub(&ws.t, &ws.t, &c->x);
    fp_mul(&ws.t, &ws.t, &ws.m);
    fp_sqr(&ws.u, &ws.u);
    fp_add(&ws.u, &ws.u, &ws.u);
    fp_sub(&c->y, &ws.t, &ws.u);
    c->z = ws.z3;
    ct_wipe(&ws, sizeof ws);
}

void jacobian_add(jacobian *c, const point *a, jacobian_line *line)
{
    struct {
        fp zz, h, hh, r, t;
    } ws;
    /* h = x_a Z^2 - X; r = y_a Z^3 - Y; Z3 = Z h. */
    fp_sqr(&ws.zz, &c->z);
    fp_mul(&ws.h, &a->x, &ws.zz);
    fp_sub(&ws.h, &ws.h, &c->x);
    fp_mul(&ws.r, &ws.zz, &c->z);
    fp_mul(&ws.r, &ws.r, &a->y);
    fp_sub(&ws.r, &ws.r, &c->y);
    fp_mul(&c->z, &c->z, &ws.h);
    /* Chord: r (x + x_a) - y_a Z3 + i Z3 y. */
    line->slope = ws.r;
    line->height = c->z;
    fp_mul(&line->constant, &ws.r, &a->x);
    fp_mul(&ws.t, &a->y, &c->z);
    fp_sub(&line->constant, &line->constant, &ws.t);
    /* V = X h^2; X3 = r^2 - h^3 - 2V; Y3 = r (V - X3) - Y h^3. */
    fp_sqr(&ws.hh, &ws.h);
    fp_mul(&ws.t, &c->x, &ws.hh);
    fp_mul(&ws.hh, &ws.hh, &ws.h);
    fp_sqr(&c->x, &ws.r);
    fp_sub(&c->x, &c->x, &ws.hh);
    fp_sub(&c->x, &c->x, &ws.t);
    fp_sub(&c->x, &c->x, &ws.t);
    fp_sub(&ws.t, &ws.t, &c->x);
    fp_mul(&ws.t, &ws.t, &ws.r);
    fp_mul(&ws.hh, &ws.hh, &c->y);
    fp_sub(&c->y, &ws.t, &ws.hh);
    ct_wipe(&ws, sizeof ws);
}

ct_mask jacobian_is_negative(const jacobian *c, const point *a)
{
    struct {
        fp zz, t;
    } ws;
    ct_mask same = ~fp_is_zero(&c->z);
    fp_sqr(&ws.zz, &c->z);
    fp_mul(&ws.t, &a->x, &ws.zz);
    same &= fp_equal(&ws.t, &c->x);
    fp_mul(&ws.t, &ws.zz, &c->z);
    fp_mul(&ws.t, &ws.t, &a->y);
    fp_neg(&ws.t, &ws.t);
    same &= fp_equal(&ws.t, &c->y);
    ct_wipe(&ws, sizeof ws);
    return same;
}

ct_mask jacobian_has_order_q(const point *a)
{
    /* [q - 1]a = -a says the same as [q]a = O. No step meets a special case when a has order q, 2q or 4q; for
     * orders 2 and 4 the chain reaches infinity, Z = 0, and stays there. The last step is a doubling. */
    jacobian c;
    jacobian_line line;
    jacobian_start(&c, a);
    for (int bit = JACOBIAN_FIRST_BIT; bit >= 0; bit--) {
        jacobian_double(&c, &line);
        if (jacobian_chain_bit(bit))
            jacobian_add(&c, a, &line);
    }
    ct_mask order_q = jacobian_is_negative(&c, a);
    ct_wipe(&c, sizeof c);
    ct_wipe(&line, sizeof line);
    return order_q;
}
