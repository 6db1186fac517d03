/* Points of E: y^2 = x^3 - 3x over F_p: octets, the curve equation, compression.
 *
 * A point here is affine and never infinity, which has no octets in SAKKE (RFC 6508 s4). Constant time. */
#ifndef POINT_H
#define POINT_H

#include "fp.h"

#define POINT_OCTETS 257            /* 04 || x || y */
#define POINT_COMPRESSED_OCTETS 129 /* 02 or 03 || x */

typedef struct {
    fp x, y;
} point;

/* P of RFC 6509 Appendix A, of order q. */
extern const point POINT_P;

/* False unless 04 || x || y with x, y < p and on the curve. */
ct_mask point_from_octets(point *r, const uint8_t *octets, size_t len);
void point_to_octets(uint8_t *octets, size_t len, const point *a);

/* First octet 02 for even y, 03 for odd y. */
void point_compress(uint8_t *octets, size_t len, const point *a);
ct_mask point_decompress(point *r, const uint8_t *octets, size_t len);

#endif
