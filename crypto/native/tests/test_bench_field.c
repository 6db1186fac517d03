/* Field operations on each backend, in nanoseconds and in cycles of the core: minimum and median of short rounds,
 * interleaved, so that a busy machine disturbs all of them alike. A cycle is what one step of a chain of dependent
 * additions takes in the same run. The bound of a multiplication is its 512 + 16 word products, one per cycle. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <time.h>

#include "backends.h"
#include "expect.h"
#include "fp_backend.h"

#define ROUNDS 201
#define TIMES 200
#define BOUND 528
#define FOUR(step) step step step step
#ifdef __aarch64__
#define DEPENDENT_ADDITION "add %0, %0, %0\n"
#else
#define DEPENDENT_ADDITION "add %0, %0\n"
#endif

static fp a, b, r;
static fp_wide t;
static fp_acc acc;

static void one_cycle(void)
{
    uint64_t x = 1;
    for (int i = 0; i < TIMES; i++) {
        __asm__ volatile(FOUR(FOUR(FOUR(DEPENDENT_ADDITION))) : "+r"(x));
    }
}

static void mul(void)
{
    for (int i = 0; i < TIMES; i++)
        fp_mul(&r, &a, &r);
}

static void sqr(void)
{
    for (int i = 0; i < TIMES; i++)
        fp_sqr(&r, &r);
}

static void add(void)
{
    for (int i = 0; i < TIMES; i++)
        fp_add(&r, &r, &a);
}

static void sub(void)
{
    for (int i = 0; i < TIMES; i++)
        fp_sub(&r, &r, &a);
}

static void mul_wide(void)
{
    for (int i = 0; i < TIMES; i++)
        fp_mul_wide(&t, &a, &b);
}

static void sqr_wide(void)
{
    for (int i = 0; i < TIMES; i++)
        fp_sqr_wide(&t, &a);
}

static void redc(void)
{
    for (int i = 0; i < TIMES; i++)
        fp_redc(&r, &t);
}

static void wide_sub(void)
{
    for (int i = 0; i < TIMES; i++)
        fp_wide_sub(&t, &t);
}

static void acc_add(void)
{
    for (int i = 0; i < TIMES; i++)
        fp_acc_add(&acc, &t);
}

static void acc_redc(void)
{
    for (int i = 0; i < TIMES; i++)
        fp_acc_redc(&r, &acc, 5);
}

static void inv(void)
{
    fp_inv(&r, &a);
}

static void inv_blinded(void)
{
    fp_inv_blinded(&r, &a);
}

static double now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int compare(const void *x, const void *y)
{
    double left = *(const double *)x, right = *(const double *)y;
    return (left > right) - (left < right);
}

static const struct {
    const char *name;
    void (*run)(void);
    double times;
} OPERATIONS[] = {
    { "mul", mul, TIMES },
    { "sqr", sqr, TIMES },
    { "mul_wide", mul_wide, TIMES },
    { "sqr_wide", sqr_wide, TIMES },
    { "redc", redc, TIMES },
    { "add", add, TIMES },
    { "sub", sub, TIMES },
    { "wide_sub", wide_sub, TIMES },
    { "acc_add", acc_add, TIMES },
    { "acc_redc, 5 products", acc_redc, TIMES },
    { "inv", inv, 1 },
    { "inv_blinded", inv_blinded, 1 },
    { "one cycle", one_cycle, 64 * TIMES },
};

enum { COUNT = sizeof OPERATIONS / sizeof *OPERATIONS };

static double samples[COUNT][ROUNDS];

static void measure(const char *backend)
{
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < COUNT; i++) {
            double start = now_ns();
            OPERATIONS[i].run();
            samples[i][round] = (now_ns() - start) / OPERATIONS[i].times;
        }
    }
    for (size_t i = 0; i < COUNT; i++)
        qsort(samples[i], ROUNDS, sizeof(double), compare);
    double cycle = samples[COUNT - 1][0];
    printf("%-24s %12s %12s %12s\n", backend, "median, ns", "minimum, ns", "min, cycles");
    for (size_t i = 0; i < COUNT; i++)
        printf("  %-22s %12.2f %12.2f %12.1f\n", OPERATIONS[i].name, samples[i][ROUNDS / 2], samples[i][0],
            samples[i][0] / cycle);
    printf("  mul is %.2f times the bound of %d cycles\n", samples[0][0] / cycle / BOUND, BOUND);
}

int main(void)
{
    size_t position = 0;
    for (size_t i = 0; i < FP_WORDS - 1; i++) {
        a.w[i] = 0x9e3779b97f4a7c15 * (i + 1);
        b.w[i] = 0xbf58476d1ce4e5b9 * (i + 1);
    }
    r = b;
    for (const char *name; (name = backend_next(&position)) != NULL;)
        measure(name);
    EXPECT(!fp_is_zero(&r));
    return expect_report("field bench");
}
