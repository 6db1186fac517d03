/* The pairing with a key known in advance.
 *
 * Miller's loop runs on the key K instead of the received point R (<R,K> = <K,R>), so that every line it draws is
 * known beforehand. Three doublings and an addition of at most [4]K are merged into one function A(x) + y B(x), and
 * only its coefficients are kept. As secret as K: 439 kB that belong into locked memory. */
#ifndef PAIRING_TABLE_H
#define PAIRING_TABLE_H

#include "pf.h"
#include "point.h"

#define PAIRING_TABLE_COEFFICIENTS 3429

typedef struct {
    fp coefficient[PAIRING_TABLE_COEFFICIENTS];
} pairing_table;

/* False if there is no memory to work in; *locked tells whether that was locked. K of an order other than q makes a table that is good for nothing; whoever
 * builds one checks it with a pairing of known value. */
int pairing_table_build(pairing_table *r, const point *k, int *locked);

/* r = <a, K>. Constant time in K. */
void pairing_table_compute(pf *r, const pairing_table *table, const point *a);

#endif
