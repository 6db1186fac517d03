/* Evaluating the merged functions of a key at a point. */
#include "pairing_table.h"

#include "digits.h"
#include "miller.h"

/* The functions have poles of order 13 at most: A up to x^6, B up to x^5. */
#define POWERS_OF_X 7
#define POWERS_TIMES_Y 6

typedef struct {
    fp x[POWERS_OF_X];    /* x^k; the first is not used */
    fp y[POWERS_TIMES_Y]; /* y x^k */
} pairing_powers;

static void pairing_powers_of(pairing_powers *r, const point *a)
{
    r->x[0] = FP_ONE;
    r->x[1] = a->x;
    for (size_t k = 2; k < POWERS_OF_X; k++)
        fp_mul(&r->x[k], &r->x[k - 1], &a->x);
    r->y[0] = a->y;
    for (size_t k = 1; k < POWERS_TIMES_Y; k++)
        fp_mul(&r->y[k], &r->x[k], &a->y);
}

/* r = sum of coefficient[i] power[i], reduced once. */
static void pairing_sum(fp *r, const fp *coefficient, const fp *power, size_t count)
{
    fp_acc acc;
    fp_wide product;
    fp_acc_clear(&acc);
    for (size_t i = 0; i < count; i++) {
        fp_mul_wide(&product, &coefficient[i], &power[i]);
        fp_acc_add(&acc, &product);
    }
    fp_acc_redc(r, &acc, count);
    ct_wipe(&acc, sizeof acc);
    ct_wipe(&product, sizeof product);
}

/* The value of one function with a pole of order n, and where its coefficients end. The leading one is 1 and not
 * stored: of A if n is even, of B if it is odd. */
static const fp *pairing_evaluate(pf *r, const fp *coefficient, size_t n, const pairing_powers *powers)
{
    size_t of_a = (n + 1) / 2, of_b = (n - 2) / 2;
    if (of_a > 1)
        pairing_sum(&r->a, coefficient + 1, powers->x + 1, of_a - 1);
    else
        r->a = FP_ZERO;
    fp_add(&r->a, &r->a, coefficient);
    if (of_b > 0)
        pairing_sum(&r->b, coefficient + of_a, powers->y, of_b);
    else
        r->b = FP_ZERO;
    if (n % 2 == 0)
        fp_add(&r->a, &r->a, &powers->x[n / 2]);
    else
        fp_add(&r->b, &r->b, &powers->y[(n - 3) / 2]);
    return coefficient + of_a + of_b;
}

void pairing_table_compute(pf *r, const pairing_table *table, const point *a)
{
    struct {
        pf v, value;
    } ws;
    miller_schedule schedule;
    pairing_powers powers;
    miller_schedule_make(&schedule);
    pairing_powers_of(&powers, a);
    /* v = v^8 times the function of the step. */
    const fp *next = pairing_evaluate(&ws.v, table->coefficient, miller_pole(&schedule, 0), &powers);
    for (size_t step = 1; step < MILLER_STEPS; step++) {
        digits_fetch(next, (miller_pole(&schedule, step) - 1) * sizeof *next);
        for (size_t k = 0; k < MILLER_WIDTH; k++)
            pf_sqr(&ws.v, &ws.v);
        next = pairing_evaluate(&ws.value, next, miller_pole(&schedule, step), &powers);
        pf_mul(&ws.v, &ws.v, &ws.value);
    }
    /* v = v^c, c = (p + 1)/q = 4. */
    pf_sqr(&ws.v, &ws.v);
    pf_sqr(r, &ws.v);
    ct_wipe(&ws, sizeof ws);
}
