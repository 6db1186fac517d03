/* The curve in Edwards form, -X^2 + W^2 = 1 + X^2 W^2: no special cases among points of odd order.
 *
 * With c^2 = -3 and s^2 = 2c^3, (x, y) goes to X = s x/(c y), W = (x + c)/(x - c). The neutral element is
 * (0, 1), the negative of (X, W) is (-X, W). Every input here must have order q (or be neutral): P has, a KMS
 * public key is checked when it is loaded, and sums and multiples follow. Constant time. */
#ifndef EDWARDS_H
#define EDWARDS_H

#include "digits.h"
#include "point.h"

/* Projective, X/Z and W/Z, with T = XW/Z. */
typedef struct {
    fp x, w, z, t;
} edwards;

/* What an addition needs of its second operand: W - X, W + X, 2Z, 2T. */
typedef struct {
    fp minus, plus, z2, t2;
} edwards_addend;

/* 1, 2, ... 16 times a base. */
typedef struct {
    edwards_addend multiple[DIGITS_LARGEST];
} edwards_table;

void edwards_from_point(edwards *r, const point *a);

/* False for the neutral element, which has no affine form. */
ct_mask edwards_to_point(point *r, const edwards *a);

/* The same in two parts, for those who share the inversion: what is to be inverted, 0 for the neutral element,
 * and the rest. */
void edwards_denominator(fp *r, const edwards *a);
void edwards_to_point_over(point *r, const edwards *a, const fp *inverse);

/* a = b without an inversion; false if a is neutral. */
ct_mask edwards_equals_point(const edwards *a, const point *b);

ct_mask edwards_is_neutral(const edwards *a);
void edwards_set_neutral(edwards *r);
void edwards_double(edwards *r, const edwards *a);
void edwards_add(edwards *r, const edwards *a, const edwards *b);
void edwards_to_addend(edwards_addend *r, const edwards *a);
void edwards_add_addend(edwards *r, const edwards *a, const edwards_addend *b);
void edwards_table_build(edwards_table *r, const edwards *base);

/* r = [k] base for k < 2^bits; bits is public. */
void edwards_multiply(edwards *r, const fq *k, size_t bits, const edwards_table *base);

#endif
