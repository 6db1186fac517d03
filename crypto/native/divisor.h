/* Functions on E with a single pole, at infinity: A(x) + y B(x), y^2 = x^3 - 3x, with leading coefficient 1.
 *
 * A pole of order n allows A the degree n/2 and B the degree (n - 3)/2, rounded down; the leading coefficient is A's
 * for even n and B's for odd n. Degrees are public, coefficients are not. Constant time. */
#ifndef DIVISOR_H
#define DIVISOR_H

#include "point.h"

#define DIVISOR_POLE_MOST 17

typedef struct {
    size_t pole;
    fp a[DIVISOR_POLE_MOST / 2 + 1], b[DIVISOR_POLE_MOST / 2];
} divisor_function;

/* The line y + slope x + constant. */
typedef struct {
    fp constant, slope;
} divisor_line;

size_t divisor_count_a(size_t pole);
size_t divisor_count_b(size_t pole);

/* r = x - x0. */
void divisor_vertical(divisor_function *r, const fp *x0);
void divisor_multiply(divisor_function *r, const divisor_function *f, const divisor_function *g);
void divisor_multiply_line(divisor_function *r, const divisor_function *f, const divisor_line *line);

/* f = f/(x - x0), which must leave no remainder. */
void divisor_divide_vertical(divisor_function *f, const fp *x0);

/* r = the function with y for -y: what f is for K, r is for -K. */
void divisor_mirror(divisor_function *r, const divisor_function *f);

#endif
