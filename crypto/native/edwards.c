/* Scalar multiplication on the Edwards form. */
#include "edwards.h"

#include "constants.h"

static const fp C = { EDWARDS_C_MONT };
static const fp S = { EDWARDS_S_MONT };

void edwards_set_neutral(edwards *r)
{
    r->x = FP_ZERO;
    r->w = FP_ONE;
    r->z = FP_ONE;
    r->t = FP_ZERO;
}

void edwards_from_point(edwards *r, const point *a)
{
    struct {
        fp plus, minus, cy, sx;
    } ws;
    fp_add(&ws.plus, &a->x, &C);
    fp_sub(&ws.minus, &a->x, &C);
    fp_mul(&ws.cy, &C, &a->y);
    fp_mul(&ws.sx, &S, &a->x);
    /* Both fractions over the common denominator Z = cy (x - c). */
    fp_mul(&r->x, &ws.sx, &ws.minus);
    fp_mul(&r->w, &ws.plus, &ws.cy);
    fp_mul(&r->z, &ws.cy, &ws.minus);
    fp_mul(&r->t, &ws.sx, &ws.plus);
    ct_wipe(&ws, sizeof ws);
}

void edwards_denominator(fp *r, const edwards *a)
{
    fp_sub(r, &a->w, &a->z);
    fp_mul(r, r, &a->x);
}

void edwards_to_point_over(point *r, const edwards *a, const fp *inverse)
{
    struct {
        fp plus, u;
    } ws;
    /* x = c (W + Z)/(W - Z); y = s (W + Z) Z/((W - Z) X). */
    fp_add(&ws.plus, &a->w, &a->z);
    fp_mul(&ws.plus, &ws.plus, inverse);
    fp_mul(&ws.u, &ws.plus, &C);
    fp_mul(&r->x, &ws.u, &a->x);
    fp_mul(&ws.u, &ws.plus, &S);
    fp_mul(&r->y, &ws.u, &a->z);
    ct_wipe(&ws, sizeof ws);
}

ct_mask edwards_to_point(point *r, const edwards *a)
{
    fp denominator;
    edwards_denominator(&denominator, a);
    ct_mask affine = ~fp_is_zero(&denominator);
    fp_inv_blinded(&denominator, &denominator);
    edwards_to_point_over(r, a, &denominator);
    ct_wipe(&denominator, sizeof denominator);
    return affine;
}

ct_mask edwards_equals_point(const edwards *a, const point *b)
{
    struct {
        fp plus, minus, left, right;
    } ws;
    fp_add(&ws.plus, &a->w, &a->z);
    fp_sub(&ws.minus, &a->w, &a->z);
    /* x (W - Z) = c (W + Z). */
    fp_mul(&ws.left, &b->x, &ws.minus);
    fp_mul(&ws.right, &C, &ws.plus);
    ct_mask same = fp_equal(&ws.left, &ws.right);
    /* y (W - Z) X = s (W + Z) Z. */
    fp_mul(&ws.left, &b->y, &ws.minus);
    fp_mul(&ws.left, &ws.left, &a->x);
    fp_mul(&ws.right, &S, &ws.plus);
    fp_mul(&ws.right, &ws.right, &a->z);
    same &= fp_equal(&ws.left, &ws.right);
    same &= ~edwards_is_neutral(a);
    ct_wipe(&ws, sizeof ws);
    return same;
}

ct_mask edwards_is_neutral(const edwards *a)
{
    return fp_is_zero(&a->x) & fp_equal(&a->w, &a->z);
}

void edwards_double(edwards *r, const edwards *a)
{
    /* -X^2 in place of the usual aX^2, a = -1. */
    struct {
        fp xx, ww, zz, e, f, g, h;
    } ws;
    fp_sqr(&ws.xx, &a->x);
    fp_sqr(&ws.ww, &a->w);
    fp_sqr(&ws.zz, &a->z);
    fp_add(&ws.zz, &ws.zz, &ws.zz);
    fp_add(&ws.e, &a->x, &a->w);
    fp_sqr(&ws.e, &ws.e);
    fp_sub(&ws.e, &ws.e, &ws.xx);
    fp_sub(&ws.e, &ws.e, &ws.ww);
    fp_sub(&ws.g, &ws.ww, &ws.xx);
    fp_sub(&ws.f, &ws.g, &ws.zz);
    fp_add(&ws.h, &ws.xx, &ws.ww);
    fp_neg(&ws.h, &ws.h);
    fp_mul(&r->x, &ws.e, &ws.f);
    fp_mul(&r->w, &ws.g, &ws.h);
    fp_mul(&r->z, &ws.f, &ws.g);
    fp_mul(&r->t, &ws.e, &ws.h);
    ct_wipe(&ws, sizeof ws);
}

void edwards_to_addend(edwards_addend *r, const edwards *a)
{
    fp_sub(&r->minus, &a->w, &a->x);
    fp_add(&r->plus, &a->w, &a->x);
    fp_add(&r->z2, &a->z, &a->z);
    fp_add(&r->t2, &a->t, &a->t);
}

void edwards_add_addend(edwards *r, const edwards *a, const edwards_addend *b)
{
    struct {
        fp a, b, c, d, e, f, g, h;
    } ws;
    fp_sub(&ws.a, &a->w, &a->x);
    fp_mul(&ws.a, &ws.a, &b->minus);
    fp_add(&ws.b, &a->w, &a->x);
    fp_mul(&ws.b, &ws.b, &b->plus);
    fp_mul(&ws.c, &a->t, &b->t2);
    fp_mul(&ws.d, &a->z, &b->z2);
    fp_sub(&ws.e, &ws.b, &ws.a);
    fp_sub(&ws.f, &ws.d, &ws.c);
    fp_add(&ws.g, &ws.d, &ws.c);
    fp_add(&ws.h, &ws.b, &ws.a);
    fp_mul(&r->x, &ws.e, &ws.f);
    fp_mul(&r->w, &ws.g, &ws.h);
    fp_mul(&r->z, &ws.f, &ws.g);
    fp_mul(&r->t, &ws.e, &ws.h);
    ct_wipe(&ws, sizeof ws);
}

void edwards_add(edwards *r, const edwards *a, const edwards *b)
{
    edwards_addend addend;
    edwards_to_addend(&addend, b);
    edwards_add_addend(r, a, &addend);
    ct_wipe(&addend, sizeof addend);
}

void edwards_table_build(edwards_table *r, const edwards *base)
{
    edwards multiple = *base;
    for (int k = 0; k < DIGITS_LARGEST; k++) {
        edwards_to_addend(&r->multiple[k], &multiple);
        edwards_add_addend(&multiple, &multiple, &r->multiple[0]);
    }
    ct_wipe(&multiple, sizeof multiple);
}

/* r = [digit] base: every entry is read, and swapped or negated under masks. */
static void edwards_table_look_up(edwards_addend *r, const edwards_table *base, digit d)
{
    edwards neutral;
    edwards_set_neutral(&neutral);
    edwards_to_addend(r, &neutral);
    for (uint64_t k = 1; k <= DIGITS_LARGEST; k++) {
        const edwards_addend *entry = &base->multiple[k - 1];
        ct_mask here = ct_is_equal(d.magnitude, k);
        fp_select(&r->minus, here, &entry->minus, &r->minus);
        fp_select(&r->plus, here, &entry->plus, &r->plus);
        fp_select(&r->z2, here, &entry->z2, &r->z2);
        fp_select(&r->t2, here, &entry->t2, &r->t2);
    }
    fp swapped = r->minus, minus_t;
    fp_select(&r->minus, d.negative, &r->plus, &r->minus);
    fp_select(&r->plus, d.negative, &swapped, &r->plus);
    fp_neg(&minus_t, &r->t2);
    fp_select(&r->t2, d.negative, &minus_t, &r->t2);
    ct_wipe(&swapped, sizeof swapped);
    ct_wipe(&minus_t, sizeof minus_t);
}

void edwards_multiply(edwards *r, const fq *k, size_t bits, const edwards_table *base)
{
    struct {
        digits k;
        edwards acc;
        edwards_addend addend;
    } ws;
    digits_recode(&ws.k, k, bits);
    edwards_set_neutral(&ws.acc);
    for (size_t i = ws.k.count; i-- > 0;) {
        for (int step = 0; step < DIGITS_WIDTH; step++)
            edwards_double(&ws.acc, &ws.acc);
        edwards_table_look_up(&ws.addend, base, ws.k.digit[i]);
        edwards_add_addend(&ws.acc, &ws.acc, &ws.addend);
    }
    *r = ws.acc;
    ct_wipe(&ws, sizeof ws);
}
