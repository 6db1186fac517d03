/* Building fixed tables with one inversion, and multiplying with them. */
#include "fixed_edwards.h"

#include <pthread.h>
#include <stdlib.h>

#define ENTRIES (DIGITS_OF_FQ * DIGITS_LARGEST)

/* Projective entries: until they are normalised, X, W and Z stand where W - X, W + X and 2XW will be. */
static void fixed_edwards_fill(fixed_edwards *r, const edwards *base)
{
    edwards window = *base, multiple;
    edwards_addend step;
    for (size_t i = 0; i < DIGITS_OF_FQ; i++) {
        multiple = window;
        edwards_to_addend(&step, &window);
        for (size_t k = 0; k < DIGITS_LARGEST; k++) {
            edwards_affine *entry = &r->multiple[i][k];
            if (k > 0)
                edwards_add_addend(&multiple, &multiple, &step);
            entry->minus = multiple.x;
            entry->plus = multiple.w;
            entry->t2 = multiple.z;
        }
        /* The next window is 32 times this one, twice its last entry. */
        edwards_double(&window, &multiple);
    }
}

static void fixed_edwards_normalise(edwards_affine *entry, const fp *inverse_of_z)
{
    fp x, w;
    fp_mul(&x, &entry->minus, inverse_of_z);
    fp_mul(&w, &entry->plus, inverse_of_z);
    fp_sub(&entry->minus, &w, &x);
    fp_add(&entry->plus, &w, &x);
    fp_mul(&entry->t2, &x, &w);
    fp_add(&entry->t2, &entry->t2, &entry->t2);
}

int fixed_edwards_build(fixed_edwards *r, const edwards *base)
{
    fp *before = malloc(ENTRIES * sizeof *before);
    if (before == NULL)
        return 0;
    fixed_edwards_fill(r, base);
    /* All Z with one inversion: before[i] is the product of those before i; then back from the last. */
    edwards_affine *entry = r->multiple[0];
    fp product = FP_ONE, inverse;
    for (size_t i = 0; i < ENTRIES; i++) {
        before[i] = product;
        fp_mul(&product, &product, &entry[i].t2);
    }
    fp_inv_blinded(&product, &product);
    for (size_t i = ENTRIES; i-- > 0;) {
        fp_mul(&inverse, &product, &before[i]);
        fp_mul(&product, &product, &entry[i].t2);
        fixed_edwards_normalise(&entry[i], &inverse);
    }
    free(before);
    return 1;
}

/* acc = acc + a: 7 multiplications, and no special case among points of odd order. */
static void edwards_add_affine(edwards *acc, const edwards_affine *a)
{
    struct {
        fp a, b, c, d, e, f, g, h;
    } ws;
    fp_sub(&ws.a, &acc->w, &acc->x);
    fp_mul(&ws.a, &ws.a, &a->minus);
    fp_add(&ws.b, &acc->w, &acc->x);
    fp_mul(&ws.b, &ws.b, &a->plus);
    fp_mul(&ws.c, &acc->t, &a->t2);
    fp_add(&ws.d, &acc->z, &acc->z);
    fp_sub(&ws.e, &ws.b, &ws.a);
    fp_sub(&ws.f, &ws.d, &ws.c);
    fp_add(&ws.g, &ws.d, &ws.c);
    fp_add(&ws.h, &ws.b, &ws.a);
    fp_mul(&acc->x, &ws.e, &ws.f);
    fp_mul(&acc->w, &ws.g, &ws.h);
    fp_mul(&acc->z, &ws.f, &ws.g);
    fp_mul(&acc->t, &ws.e, &ws.h);
    ct_wipe(&ws, sizeof ws);
}

/* r = digit times the base of this window. */
static void fixed_edwards_look_up(edwards_affine *r, const edwards_affine entry[DIGITS_LARGEST], digit d)
{
    fp other;
    digits_look_up(r->minus.w, entry[0].minus.w, sizeof *r / sizeof(uint64_t), d);
    /* Digit 0: nothing was found, and the neutral element has W - X = W + X = 1, T = 0. */
    ct_mask none = ct_is_zero(d.magnitude);
    fp_select(&r->minus, none, &FP_ONE, &r->minus);
    fp_select(&r->plus, none, &FP_ONE, &r->plus);
    /* The negative of (X, W) is (-X, W). */
    other = r->minus;
    fp_select(&r->minus, d.negative, &r->plus, &r->minus);
    fp_select(&r->plus, d.negative, &other, &r->plus);
    fp_neg(&other, &r->t2);
    fp_select(&r->t2, d.negative, &other, &r->t2);
    ct_wipe(&other, sizeof other);
}

void fixed_edwards_add(edwards *acc, const digits *k, const fixed_edwards *base)
{
    edwards_affine multiple;
    for (size_t i = 0; i < k->count; i++) {
        fixed_edwards_look_up(&multiple, base->multiple[i], k->digit[i]);
        if (i + 1 < k->count)
            digits_fetch(base->multiple[i + 1], sizeof base->multiple[i + 1]);
        edwards_add_affine(acc, &multiple);
    }
    ct_wipe(&multiple, sizeof multiple);
}

const fixed_edwards *fixed_edwards_of_p(void)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static fixed_edwards *table;
    edwards p;
    (void)pthread_mutex_lock(&lock);
    if (table == NULL) {
        fixed_edwards *built = malloc(sizeof *built);
        edwards_from_point(&p, &POINT_P);
        if (built != NULL && fixed_edwards_build(built, &p))
            table = built;
        else
            free(built);
    }
    const fixed_edwards *of_p = table;
    (void)pthread_mutex_unlock(&lock);
    return of_p;
}
