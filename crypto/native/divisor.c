/* Polynomial arithmetic on functions with a pole at infinity. */
#include "divisor.h"

size_t divisor_count_a(size_t pole)
{
    return pole / 2 + 1;
}

size_t divisor_count_b(size_t pole)
{
    return (pole - 1) / 2;
}

void divisor_vertical(divisor_function *r, const fp *x0)
{
    r->pole = 2;
    fp_neg(&r->a[0], x0);
    r->a[1] = FP_ONE;
}

/* acc = acc + sum of u[i] v[k - i]; returns how many products that were. */
static size_t divisor_convolve(fp_acc *acc, size_t k, const fp *u, size_t u_count, const fp *v, size_t v_count)
{
    fp_wide product;
    size_t products = 0;
    for (size_t i = 0; i < u_count && i <= k; i++) {
        if (k - i >= v_count)
            continue;
        fp_mul_wide(&product, &u[i], &v[k - i]);
        fp_acc_add(acc, &product);
        products++;
    }
    ct_wipe(&product, sizeof product);
    return products;
}

/* a = a + (x^3 - 3x) c, for polynomials of that many coefficients. */
static void divisor_add_cubic(fp *a, const fp *c, size_t c_count)
{
    for (size_t k = 0; k < c_count; k++) {
        fp_add(&a[k + 3], &a[k + 3], &c[k]);
        for (int times = 0; times < 3; times++)
            fp_sub(&a[k + 1], &a[k + 1], &c[k]);
    }
}

void divisor_multiply(divisor_function *r, const divisor_function *f, const divisor_function *g)
{
    /* (A + yB)(C + yD) = AC + (x^3 - 3x)BD + y(AD + BC). */
    struct {
        fp_acc acc;
        fp bd[DIVISOR_POLE_MOST / 2];
    } ws;
    size_t f_a = divisor_count_a(f->pole), f_b = divisor_count_b(f->pole);
    size_t g_a = divisor_count_a(g->pole), g_b = divisor_count_b(g->pole), products;
    r->pole = f->pole + g->pole;
    for (size_t k = 0; k < divisor_count_a(r->pole); k++) {
        fp_acc_clear(&ws.acc);
        products = divisor_convolve(&ws.acc, k, f->a, f_a, g->a, g_a);
        fp_acc_redc(&r->a[k], &ws.acc, products);
    }
    for (size_t k = 0; k < divisor_count_b(r->pole); k++) {
        fp_acc_clear(&ws.acc);
        products = divisor_convolve(&ws.acc, k, f->a, f_a, g->b, g_b);
        products += divisor_convolve(&ws.acc, k, f->b, f_b, g->a, g_a);
        fp_acc_redc(&r->b[k], &ws.acc, products);
    }
    if (f_b > 0 && g_b > 0) {
        for (size_t k = 0; k < f_b + g_b - 1; k++) {
            fp_acc_clear(&ws.acc);
            products = divisor_convolve(&ws.acc, k, f->b, f_b, g->b, g_b);
            fp_acc_redc(&ws.bd[k], &ws.acc, products);
        }
        divisor_add_cubic(r->a, ws.bd, f_b + g_b - 1);
    }
    ct_wipe(&ws, sizeof ws);
}

void divisor_multiply_line(divisor_function *r, const divisor_function *f, const divisor_line *line)
{
    /* (A + yB)(l + y) = Al + (x^3 - 3x)B + y(A + Bl), with l = slope x + constant. */
    fp_acc acc;
    const fp l[2] = { line->constant, line->slope };
    size_t f_a = divisor_count_a(f->pole), f_b = divisor_count_b(f->pole), products;
    r->pole = f->pole + 3;
    for (size_t k = 0; k < divisor_count_a(r->pole); k++) {
        fp_acc_clear(&acc);
        products = divisor_convolve(&acc, k, l, 2, f->a, f_a);
        fp_acc_redc(&r->a[k], &acc, products);
    }
    divisor_add_cubic(r->a, f->b, f_b);
    for (size_t k = 0; k < divisor_count_b(r->pole); k++) {
        fp_acc_clear(&acc);
        products = divisor_convolve(&acc, k, l, 2, f->b, f_b);
        fp_acc_redc(&r->b[k], &acc, products);
        if (k < f_a)
            fp_add(&r->b[k], &r->b[k], &f->a[k]);
    }
    ct_wipe(&acc, sizeof acc);
}

/* Synthetic division: from the top, each coefficient plus x0 times the one above it. */
static void divisor_divide(fp *polynomial, size_t count, const fp *x0)
{
    struct {
        fp carry, below;
    } ws;
    if (count == 0)
        return;
    ws.carry = polynomial[count - 1];
    polynomial[count - 1] = FP_ZERO;
    for (size_t i = count - 1; i-- > 0;) {
        ws.below = polynomial[i];
        polynomial[i] = ws.carry;
        if (i > 0) {
            fp_mul(&ws.carry, &ws.carry, x0);
            fp_add(&ws.carry, &ws.carry, &ws.below);
        }
    }
    ct_wipe(&ws, sizeof ws);
}

void divisor_divide_vertical(divisor_function *f, const fp *x0)
{
    divisor_divide(f->a, divisor_count_a(f->pole), x0);
    divisor_divide(f->b, divisor_count_b(f->pole), x0);
    f->pole -= 2;
}

void divisor_mirror(divisor_function *r, const divisor_function *f)
{
    /* A - yB; and both negated where B leads, so that the leading coefficient stays 1. */
    r->pole = f->pole;
    int b_leads = f->pole % 2 == 1;
    for (size_t k = 0; k < divisor_count_a(f->pole); k++) {
        r->a[k] = f->a[k];
        if (b_leads)
            fp_neg(&r->a[k], &f->a[k]);
    }
    for (size_t k = 0; k < divisor_count_b(f->pole); k++) {
        r->b[k] = f->b[k];
        if (!b_leads)
            fp_neg(&r->b[k], &f->b[k]);
    }
}
