/* The Tate-Lichtenbaum pairing <A,B> of RFC 6508 s3.2, in PF_p. */
#ifndef PAIRING_H
#define PAIRING_H

#include "pf.h"
#include "point.h"

/* r = <a, b>. Returns true if a has order q, which the loop finds out by itself. The schedule is that of the
 * public number q - 1: constant time in both points. The pairing is symmetric: <a, b> = <b, a>. */
ct_mask pairing_compute(pf *r, const point *a, const point *b);

#endif
