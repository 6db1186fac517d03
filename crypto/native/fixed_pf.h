/* Powers of g from a table: for each window of the exponent all powers that its digit can ask for, each stored as
 * the number t of 1 + it. g^k is then one product by 1 + it per digit, 410 multiplications. 420 kB, public. */
#ifndef FIXED_PF_H
#define FIXED_PF_H

#include "digits.h"
#include "pf.h"

typedef struct {
    fp power[DIGITS_OF_FQ][DIGITS_LARGEST];
} fixed_pf;

/* The table of g, built by whoever asks first and kept for the life of the process; NULL if there is no memory. */
const fixed_pf *fixed_pf_of_g(void);

/* r = g^k. Of each window every entry is read. */
void fixed_pf_power(pf *r, const digits *k, const fixed_pf *g);

#endif
