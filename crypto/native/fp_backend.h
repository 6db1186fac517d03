/* The kernels below the field: the same operations on bare words, written once in portable C, which is the
 * reference, and in assembly for the processors that have it. Chosen once, when the program is loaded.
 *
 * All inputs are reduced, wide ones below p 2^1024; so are all outputs. r may be a or b; t may be neither. */
#ifndef FP_BACKEND_H
#define FP_BACKEND_H

#include "fp.h"
#include "fp_backends.h"

typedef struct {
    const char *name;
    void (*mul)(uint64_t r[FP_WORDS], const uint64_t a[FP_WORDS], const uint64_t b[FP_WORDS]);
    void (*sqr)(uint64_t r[FP_WORDS], const uint64_t a[FP_WORDS]);
    void (*add)(uint64_t r[FP_WORDS], const uint64_t a[FP_WORDS], const uint64_t b[FP_WORDS]);
    void (*sub)(uint64_t r[FP_WORDS], const uint64_t a[FP_WORDS], const uint64_t b[FP_WORDS]);
    void (*mul_wide)(uint64_t t[2 * FP_WORDS], const uint64_t a[FP_WORDS], const uint64_t b[FP_WORDS]);
    void (*sqr_wide)(uint64_t t[2 * FP_WORDS], const uint64_t a[FP_WORDS]);
    void (*redc)(uint64_t r[FP_WORDS], const uint64_t t[2 * FP_WORDS]);
    /* t = t - u, with p 2^1024 added if that is negative. */
    void (*wide_sub)(uint64_t t[2 * FP_WORDS], const uint64_t u[2 * FP_WORDS]);
    /* acc = acc + t, 33 words and 32. */
    void (*accumulate)(uint64_t acc[2 * FP_WORDS + 1], const uint64_t t[2 * FP_WORDS]);
    /* x = x - p, unless that is negative; x is any number of 17 words. */
    void (*reduce_once)(uint64_t x[FP_WORDS + 1]);
} fp_kernels;

extern const fp_kernels FP_PORTABLE;
#if defined(__x86_64__)
extern const fp_kernels FP_X86_64;
#elif defined(__aarch64__)
extern const fp_kernels FP_AARCH64;
#endif

/* What fp.h calls. */
extern fp_kernels fp_kernels_now;

/* With -DFP_COUNT: how often each operation ran. */
#ifdef FP_COUNT
typedef struct {
    uint64_t mul, sqr, mul_wide, redc;
} fp_count;
extern fp_count fp_counted;
#define FP_COUNT_ONE(what) (fp_counted.what++)
#else
#define FP_COUNT_ONE(what) ((void)0)
#endif

#endif
