/* Inversion by division steps: D. J. Bernstein and B.-Y. Yang, "Fast constant-time gcd computation and modular
 * inversion", 2019.
 *
 * A step looks at the parity of g and at the sign of delta, and at nothing else:
 *
 *     delta > 0 and g odd:   delta, f, g = 1 - delta, g, (g - f) / 2
 *     otherwise:             delta, f, g = 1 + delta, f, (g + f (g mod 2)) / 2
 *
 * From f = m and g = a < m it reaches g = 0 and f = +-1 in floor((49 * 1024 + 57) / 17) = 2954 steps or fewer
 * (Theorem 11.2), and further steps change nothing. 62 steps depend on the lowest 62 bits alone, so they are done on
 * single words and their product, a 2 by 2 matrix, is then applied to all of f and g, and, modulo m, to d and e:
 * f = d a and g = e a modulo m throughout. At the end d = +-1/a. */
#include "inverse.h"

#define LIMB_BITS 62
#define LIMBS 17
#define BATCHES 48 /* of 62 steps: 2976 */
#define LIMB_MASK ((uint64_t)-1 >> 2)

__extension__ typedef __int128 inverse_wide;

/* Limbs of 62 bits; all are in 0..2^62-1 but the highest, which has the sign. */
typedef struct {
    int64_t limb[LIMBS];
} number;

/* 2^62 times the effect of 62 steps: f' = u f + v g, g' = q f + r g. Entries are at most 2^62 in size. */
typedef struct {
    int64_t u, v, q, r;
} matrix;

static void number_from_words(number *n, const uint64_t words[INVERSE_WORDS])
{
    for (size_t i = 0; i < LIMBS; i++) {
        size_t word = LIMB_BITS * i / 64, shift = LIMB_BITS * i % 64;
        uint64_t bits = words[word] >> shift;
        if (shift > 64 - LIMB_BITS && word + 1 < INVERSE_WORDS)
            bits |= words[word + 1] << (64 - shift);
        n->limb[i] = (int64_t)(bits & LIMB_MASK);
    }
}

/* For numbers in 0..2^1024-1. */
static void number_to_words(uint64_t words[INVERSE_WORDS], const number *n)
{
    for (size_t i = 0; i < INVERSE_WORDS; i++) {
        size_t limb = 64 * i / LIMB_BITS, shift = 64 * i % LIMB_BITS;
        uint64_t bits = (uint64_t)n->limb[limb] >> shift;
        bits |= (uint64_t)n->limb[limb + 1] << (LIMB_BITS - shift);
        words[i] = bits;
    }
}

/* 62 steps. The words wrap: only their lowest bits are looked at, and the matrix fits. */
static uint64_t take_steps(matrix *t, uint64_t delta, uint64_t f, uint64_t g)
{
    uint64_t u = 1, v = 0, q = 0, r = 1;
    for (int step = 0; step < LIMB_BITS; step++) {
        /* delta is never near 2^63, so its negative has the top bit if and only if delta > 0. */
        ct_mask positive = ct_from_bit((0 - delta) >> 63);
        ct_mask odd = ct_from_bit(g & 1);
        /* g + f or g - f, if g is odd. */
        g += ((f ^ positive) - positive) & odd;
        q += ((u ^ positive) - positive) & odd;
        r += ((v ^ positive) - positive) & odd;
        /* In the first case f becomes the old g, which is f + (g - f). */
        ct_mask exchange = positive & odd;
        delta = (delta ^ exchange) - exchange + 1;
        f += g & exchange;
        u += q & exchange;
        v += r & exchange;
        g >>= 1;
        u <<= 1;
        v <<= 1;
    }
    t->u = (int64_t)u;
    t->v = (int64_t)v;
    t->q = (int64_t)q;
    t->r = (int64_t)r;
    return delta;
}

LIMBS_INLINE inverse_wide times(int64_t a, int64_t b)
{
    return (inverse_wide)a * b;
}

LIMBS_INLINE int64_t lowest_limb(inverse_wide x)
{
    return (int64_t)((uint64_t)x & LIMB_MASK);
}

/* f, g = (u f + v g) / 2^62, (q f + r g) / 2^62. */
static void apply(number *f, number *g, const matrix *t)
{
    inverse_wide x = times(t->u, f->limb[0]) + times(t->v, g->limb[0]);
    inverse_wide y = times(t->q, f->limb[0]) + times(t->r, g->limb[0]);
    x >>= LIMB_BITS;
    y >>= LIMB_BITS;
    for (size_t i = 1; i < LIMBS; i++) {
        x += times(t->u, f->limb[i]) + times(t->v, g->limb[i]);
        y += times(t->q, f->limb[i]) + times(t->r, g->limb[i]);
        f->limb[i - 1] = lowest_limb(x);
        g->limb[i - 1] = lowest_limb(y);
        x >>= LIMB_BITS;
        y >>= LIMB_BITS;
    }
    f->limb[LIMBS - 1] = (int64_t)x;
    g->limb[LIMBS - 1] = (int64_t)y;
}

/* The same modulo m: a multiple of m makes the lowest limb zero. d and e stay between -2m and m. */
static void apply_modulo(number *d, number *e, const matrix *t, const number *m, uint64_t m_inverse)
{
    int64_t d_negative = -(int64_t)((uint64_t)d->limb[LIMBS - 1] >> 63);
    int64_t e_negative = -(int64_t)((uint64_t)e->limb[LIMBS - 1] >> 63);
    /* As if m had been added to what is negative of d and e. */
    int64_t k = (t->u & d_negative) + (t->v & e_negative);
    int64_t l = (t->q & d_negative) + (t->r & e_negative);
    inverse_wide x = times(t->u, d->limb[0]) + times(t->v, e->limb[0]);
    inverse_wide y = times(t->q, d->limb[0]) + times(t->r, e->limb[0]);
    k -= (int64_t)((m_inverse * (uint64_t)x + (uint64_t)k) & LIMB_MASK);
    l -= (int64_t)((m_inverse * (uint64_t)y + (uint64_t)l) & LIMB_MASK);
    x += times(m->limb[0], k);
    y += times(m->limb[0], l);
    x >>= LIMB_BITS;
    y >>= LIMB_BITS;
    for (size_t i = 1; i < LIMBS; i++) {
        x += times(t->u, d->limb[i]) + times(t->v, e->limb[i]) + times(m->limb[i], k);
        y += times(t->q, d->limb[i]) + times(t->r, e->limb[i]) + times(m->limb[i], l);
        d->limb[i - 1] = lowest_limb(x);
        e->limb[i - 1] = lowest_limb(y);
        x >>= LIMB_BITS;
        y >>= LIMB_BITS;
    }
    d->limb[LIMBS - 1] = (int64_t)x;
    e->limb[LIMBS - 1] = (int64_t)y;
}

/* n = (negate ? -n : n) + (add ? m : 0). */
static void adjust(number *n, int64_t negate, int64_t add, const number *m)
{
    int64_t carry = 0;
    for (size_t i = 0; i < LIMBS; i++) {
        int64_t limb = ((n->limb[i] ^ negate) - negate) + (m->limb[i] & add) + carry;
        carry = limb >> LIMB_BITS;
        n->limb[i] = i < LIMBS - 1 ? (int64_t)((uint64_t)limb & LIMB_MASK) : limb;
    }
}

static int64_t sign(const number *n)
{
    return (int64_t)ct_from_bit((uint64_t)n->limb[LIMBS - 1] >> 63);
}

void inverse_mod(uint64_t r[INVERSE_WORDS], const uint64_t a[INVERSE_WORDS], const uint64_t m[INVERSE_WORDS],
    uint64_t n0)
{
    struct {
        number modulus, f, g, d, e;
        matrix t;
    } ws = { .e = { { 1 } } };
    uint64_t delta = 1;
    number_from_words(&ws.modulus, m);
    ws.f = ws.modulus;
    number_from_words(&ws.g, a);
    for (int batch = 0; batch < BATCHES; batch++) {
        delta = take_steps(&ws.t, delta, (uint64_t)ws.f.limb[0], (uint64_t)ws.g.limb[0]);
        apply_modulo(&ws.d, &ws.e, &ws.t, &ws.modulus, 0 - n0);
        apply(&ws.f, &ws.g, &ws.t);
    }
    /* d is between -2m and m and belongs to f = +-1. */
    adjust(&ws.d, 0, sign(&ws.d), &ws.modulus);
    adjust(&ws.d, sign(&ws.f), 0, &ws.modulus);
    adjust(&ws.d, 0, sign(&ws.d), &ws.modulus);
    number_to_words(r, &ws.d);
    ct_wipe(&ws, sizeof ws);
}
