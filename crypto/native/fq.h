/* Scalars of SAKKE: whole numbers modulo q, the order of P, held plain (not in Montgomery form).
 *
 * Constant time throughout; the length of an octet string is public. */
#ifndef FQ_H
#define FQ_H

#include "limbs.h"

#define FQ_WORDS 16
#define FQ_OCTETS 128
#define FQ_BITS 1022

typedef struct {
    uint64_t w[FQ_WORDS];
} fq;

void fq_add(fq *r, const fq *a, const fq *b);

void fq_mul(fq *r, const fq *a, const fq *b);

/* r = 1/a by Fermat; 0 for a = 0. */
void fq_inv(fq *r, const fq *a);

ct_mask fq_is_zero(const fq *a);

/* Any number of big-endian octets, reduced modulo q: identifiers and hashes. */
void fq_reduce_octets(fq *r, const uint8_t *octets, size_t len);

/* 128 big-endian octets of a scalar in 2..q-1, the range of a master secret (RFC 6508 s6.1.1). */
ct_mask fq_from_octets(fq *r, const uint8_t *octets, size_t len);

#endif
