/* Building the merged functions of a key.
 *
 * With C = [m]K, a step of Miller's loop in base 8 with digit j multiplies by the function with zeros 8(C) + |j|(+-K)
 * and -([8]C + [j]K) and its only pole at infinity. It is made of lines, one per doubling and one for the addition of
 * [j]K, and divided by the verticals that belong to them. First all lines are drawn in Jacobian coordinates, then one
 * inversion makes all of them monic, then each step multiplies its own together. */
#include "pairing_table.h"

#include "divisor.h"
#include "jacobian.h"
#include "memory.h"
#include "miller.h"

#define LINES_MOST ((MILLER_STEPS - 1) * (MILLER_WIDTH + 1))

typedef struct {
    point multiple;             /* [j]K */
    divisor_function function;  /* zeros |j|(+-K) and -[j]K */
} small_multiple;

typedef struct {
    small_multiple plus[MILLER_LARGEST + 1], minus[MILLER_LARGEST + 1]; /* the first is not used */
    jacobian_line drawn[LINES_MOST];
    fp before[LINES_MOST];
    jacobian c;
    divisor_line line;
    divisor_function f, t;
    fp x, product, inverse;
} workspace;

static const small_multiple *small_of(const workspace *ws, int digit)
{
    return digit > 0 ? &ws->plus[digit] : &ws->minus[-digit];
}

/* A line over its coefficient of y. The drawn line stands for the distorted point, -x in place of x. */
static void monic_line(divisor_line *r, const jacobian_line *drawn, const fp *inverse_of_height)
{
    fp_mul(&r->constant, &drawn->constant, inverse_of_height);
    fp_mul(&r->slope, &drawn->slope, inverse_of_height);
    fp_neg(&r->slope, &r->slope);
}

/* x of the sum of two points on the line: slope^2 - x1 - x2. */
static void third_x(fp *x1, const divisor_line *line, const fp *x2)
{
    fp square;
    fp_sqr(&square, &line->slope);
    fp_sub(&square, &square, x2);
    fp_sub(x1, &square, x1);
    ct_wipe(&square, sizeof square);
}

/* [j]K and g_j for j = -4..4: g_1 = x - x_K, g_(j+1) = g_j times the line through [j]K and K over x - x_[j]K. */
static void build_small(workspace *ws, const point *k)
{
    jacobian_line *drawn = ws->drawn;
    ws->plus[1].multiple = *k;
    divisor_vertical(&ws->plus[1].function, &k->x);
    jacobian_start(&ws->c, k);
    for (size_t j = 1; j <= MILLER_LARGEST; j++) {
        const small_multiple *here = &ws->plus[j];
        small_multiple *mirrored = &ws->minus[j];
        mirrored->multiple.x = here->multiple.x;
        fp_neg(&mirrored->multiple.y, &here->multiple.y);
        divisor_mirror(&mirrored->function, &here->function);
        if (j == MILLER_LARGEST)
            break;
        small_multiple *next = &ws->plus[j + 1];
        if (j == 1)
            jacobian_double(&ws->c, drawn);
        else
            jacobian_add(&ws->c, k, drawn);
        fp_inv_blinded(&ws->inverse, &drawn->height);
        monic_line(&ws->line, drawn, &ws->inverse);
        next->multiple.x = here->multiple.x;
        third_x(&next->multiple.x, &ws->line, &k->x);
        /* The third point of the line is -[j + 1]K. */
        fp_mul(&next->multiple.y, &ws->line.slope, &next->multiple.x);
        fp_add(&next->multiple.y, &next->multiple.y, &ws->line.constant);
        divisor_multiply_line(&next->function, &here->function, &ws->line);
        divisor_divide_vertical(&next->function, &here->multiple.x);
    }
}

/* All lines of the chain, each with the inverse of its height in place of its height. */
static void draw_lines(workspace *ws, const miller_schedule *schedule)
{
    size_t lines = 0;
    jacobian_start(&ws->c, &small_of(ws, schedule->digit[0])->multiple);
    for (size_t step = 1; step < MILLER_STEPS; step++) {
        for (size_t k = 0; k < MILLER_WIDTH; k++)
            jacobian_double(&ws->c, &ws->drawn[lines++]);
        if (schedule->digit[step] != 0)
            jacobian_add(&ws->c, &small_of(ws, schedule->digit[step])->multiple, &ws->drawn[lines++]);
    }
    ws->product = FP_ONE;
    for (size_t i = 0; i < lines; i++) {
        ws->before[i] = ws->product;
        fp_mul(&ws->product, &ws->product, &ws->drawn[i].height);
    }
    fp_inv_blinded(&ws->product, &ws->product);
    for (size_t i = lines; i-- > 0;) {
        fp_mul(&ws->inverse, &ws->product, &ws->before[i]);
        fp_mul(&ws->product, &ws->product, &ws->drawn[i].height);
        ws->drawn[i].height = ws->inverse;
    }
}

/* The function of one step, which starts at x_C, in ws->f; ws->x goes on to the next C. */
static const jacobian_line *build_step(workspace *ws, const jacobian_line *drawn, int digit)
{
    divisor_vertical(&ws->f, &ws->x);
    for (size_t k = 0; k < MILLER_WIDTH; k++, drawn++) {
        monic_line(&ws->line, drawn, &drawn->height);
        divisor_multiply(&ws->t, &ws->f, &ws->f);
        divisor_multiply_line(&ws->f, &ws->t, &ws->line);
        divisor_divide_vertical(&ws->f, &ws->x);
        divisor_divide_vertical(&ws->f, &ws->x);
        third_x(&ws->x, &ws->line, &ws->x);
    }
    if (digit != 0) {
        const small_multiple *small = small_of(ws, digit);
        monic_line(&ws->line, drawn, &drawn->height);
        divisor_multiply(&ws->t, &ws->f, &small->function);
        divisor_multiply_line(&ws->f, &ws->t, &ws->line);
        divisor_divide_vertical(&ws->f, &ws->x);
        divisor_divide_vertical(&ws->f, &small->multiple.x);
        third_x(&ws->x, &ws->line, &small->multiple.x);
        drawn++;
    }
    return drawn;
}

/* Store a function at the distorted point (-x, iy), without its leading coefficient, which is 1 again. */
static fp *store(fp *r, const divisor_function *f)
{
    size_t n = f->pole, of_a = (n + 1) / 2, of_b = (n - 2) / 2;
    size_t lead = n % 2 == 0 ? n / 2 : (n - 3) / 2;
    for (size_t k = 0; k < of_a; k++, r++) {
        *r = f->a[k];
        if ((k + lead) % 2 == 1)
            fp_neg(r, r);
    }
    for (size_t k = 0; k < of_b; k++, r++) {
        *r = f->b[k];
        if ((k + lead) % 2 == 1)
            fp_neg(r, r);
    }
    return r;
}

int pairing_table_build(pairing_table *r, const point *k, int *locked)
{
    miller_schedule schedule;
    workspace *ws = memory_take(sizeof *ws, locked);
    if (ws == NULL)
        return 0;
    miller_schedule_make(&schedule);
    build_small(ws, k);
    draw_lines(ws, &schedule);
    const small_multiple *start = small_of(ws, schedule.digit[0]);
    const jacobian_line *drawn = ws->drawn;
    fp *next = store(r->coefficient, &start->function);
    ws->x = start->multiple.x;
    for (size_t step = 1; step < MILLER_STEPS; step++) {
        drawn = build_step(ws, drawn, schedule.digit[step]);
        next = store(next, &ws->f);
    }
    memory_give_back(ws, sizeof *ws);
    return 1;
}
