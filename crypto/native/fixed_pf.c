/* Building the table of g with one inversion, and powers from it. */
#include "fixed_pf.h"

#include <pthread.h>
#include <stdlib.h>

#define ENTRIES (DIGITS_OF_FQ * DIGITS_LARGEST)

/* The powers as a + ib: b into the table, a beside it. */
static void fixed_pf_fill(fixed_pf *r, fp *real)
{
    pf window, power;
    pf_generator(&window);
    for (size_t i = 0; i < DIGITS_OF_FQ; i++) {
        power = window;
        for (size_t k = 0; k < DIGITS_LARGEST; k++) {
            if (k > 0)
                pf_mul(&power, &power, &window);
            real[i * DIGITS_LARGEST + k] = power.a;
            r->power[i][k] = power.b;
        }
        pf_sqr(&window, &power);
    }
}

static int fixed_pf_build(fixed_pf *r)
{
    fp *real = malloc(2 * ENTRIES * sizeof *real);
    if (real == NULL)
        return 0;
    fp *before = real + ENTRIES;
    fixed_pf_fill(r, real);
    fp *imaginary = r->power[0], product = FP_ONE, inverse;
    for (size_t i = 0; i < ENTRIES; i++) {
        before[i] = product;
        fp_mul(&product, &product, &real[i]);
    }
    fp_inv_blinded(&product, &product);
    for (size_t i = ENTRIES; i-- > 0;) {
        fp_mul(&inverse, &product, &before[i]);
        fp_mul(&product, &product, &real[i]);
        fp_mul(&imaginary[i], &imaginary[i], &inverse);
    }
    free(real);
    return 1;
}

const fixed_pf *fixed_pf_of_g(void)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static fixed_pf *table;
    (void)pthread_mutex_lock(&lock);
    if (table == NULL) {
        fixed_pf *built = malloc(sizeof *built);
        if (built != NULL && fixed_pf_build(built))
            table = built;
        else
            free(built);
    }
    const fixed_pf *of_g = table;
    (void)pthread_mutex_unlock(&lock);
    return of_g;
}

void fixed_pf_power(pf *r, const digits *k, const fixed_pf *g)
{
    struct {
        pf acc;
        fp t, other, product;
    } ws;
    ws.acc = PF_ONE;
    for (size_t i = 0; i < k->count; i++) {
        /* Digit 0 finds t = 0, which is 1; a negative power is the conjugate, -t. */
        digits_look_up(ws.t.w, g->power[i][0].w, FP_WORDS, k->digit[i]);
        if (i + 1 < k->count)
            digits_fetch(g->power[i + 1], sizeof g->power[i + 1]);
        fp_neg(&ws.other, &ws.t);
        fp_select(&ws.t, k->digit[i].negative, &ws.other, &ws.t);
        /* (a + ib)(1 + it) = (a - bt) + i(b + at). */
        fp_mul(&ws.product, &ws.acc.b, &ws.t);
        fp_mul(&ws.other, &ws.acc.a, &ws.t);
        fp_sub(&ws.acc.a, &ws.acc.a, &ws.product);
        fp_add(&ws.acc.b, &ws.acc.b, &ws.other);
    }
    *r = ws.acc;
    ct_wipe(&ws, sizeof ws);
}
