/* The chain of q - 1: doublings and additions in Jacobian coordinates, each with the line it draws.
 *
 * Shared by the pairing (RFC 6508 s3.2) and by the check of a point's order. The schedule follows the bits
 * of the public number q - 1 alone, so it is constant time in the point. */
#ifndef JACOBIAN_H
#define JACOBIAN_H

#include "point.h"

/* x = X/Z^2, y = Y/Z^3; Z = 0 is infinity. */
typedef struct {
    fp x, y, z;
} jacobian;

/* The line through the points of one step, at the distorted point (-x, iy):
 * constant + slope x + i height y, up to a factor in F_p. */
typedef struct {
    fp constant, slope, height;
} jacobian_line;

/* The bit below the top one, where the chain starts, and any bit of q - 1. */
#define JACOBIAN_FIRST_BIT 1020
int jacobian_chain_bit(int bit);

void jacobian_start(jacobian *c, const point *a);
void jacobian_double(jacobian *c, jacobian_line *line);
void jacobian_add(jacobian *c, const point *a, jacobian_line *line);

/* c = -a, and not infinity. */
ct_mask jacobian_is_negative(const jacobian *c, const point *a);

/* [q]a = O. Made for public points, although it is constant time too. */
ct_mask jacobian_has_order_q(const point *a);

#endif
