/* HashToIntegerRange (RFC 6508 s5.1) with SHA-256, for the two ranges that SAKKE uses. */
#ifndef HTIR_H
#define HTIR_H

#include "fq.h"

#define HTIR_SSV_OCTETS 16

/* r = HashToIntegerRange(a || b, q). */
void htir_scalar(fq *r, const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len);

/* mask = HashToIntegerRange(w, 2^128), 16 octets. */
void htir_mask(uint8_t *mask, size_t mask_len, const uint8_t *w, size_t w_len);

#endif
