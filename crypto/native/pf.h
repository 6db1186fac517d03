/* F_p^2 = F_p(i), i^2 = -1, and PF_p, its non-zero elements up to factors in F_p (RFC 6508 s2, s3.1).
 *
 * An element a + ib of PF_p is written as the one number b/a of F_p. Constant time. */
#ifndef PF_H
#define PF_H

#include "fp.h"
#include "fq.h"

typedef struct {
    fp a, b;
} pf;

extern const pf PF_ONE;

void pf_mul(pf *r, const pf *v, const pf *u);
void pf_sqr(pf *r, const pf *v);

/* r = g = <P,P>, and g^k without a table. */
void pf_generator(pf *r);
void pf_power_of_g(pf *r, const fq *k);

/* b/a: the representation of RFC 6508 s4, 128 octets; zero for a = 0, which is no element of order q. */
void pf_to_octets(uint8_t *octets, size_t len, const pf *v);

/* The same for those who have 1/a. */
void pf_to_octets_over(uint8_t *octets, size_t len, const pf *v, const fp *inverse);

/* v = g as elements of PF_p, without an inversion. */
ct_mask pf_is_g(const pf *v);

#endif
