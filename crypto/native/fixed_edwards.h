/* Multiples of a point known in advance: for each window of a scalar all multiples that its digit can ask for.
 *
 * [k]B is then one addition per digit and no doubling: 205 additions of 7 multiplications. 1.26 MB. The base is
 * public, the scalar is not: of each window every entry is read. */
#ifndef FIXED_EDWARDS_H
#define FIXED_EDWARDS_H

#include "edwards.h"

/* A point with Z = 1, as an addition wants it: W - X, W + X, 2XW. */
typedef struct {
    fp minus, plus, t2;
} edwards_affine;

typedef struct {
    edwards_affine multiple[DIGITS_OF_FQ][DIGITS_LARGEST];
} fixed_edwards;

/* False if there is no memory to work in. */
int fixed_edwards_build(fixed_edwards *r, const edwards *base);

/* acc = acc + [k] base. */
void fixed_edwards_add(edwards *acc, const digits *k, const fixed_edwards *base);

/* The table of P, built by whoever asks first and kept for the life of the process; NULL if there is no memory. */
const fixed_edwards *fixed_edwards_of_p(void);

#endif
