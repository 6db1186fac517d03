/* The kernels in assembly, written by generate_fp_<processor>.py, as a table. */
#include "fp_backend.h"

#if defined(__x86_64__)
#define FP_KERNELS FP_X86_64
#define FP_NAME "x86_64"
#define FP_SYMBOL(kernel) fp_x86_64_##kernel
#elif defined(__aarch64__)
#define FP_KERNELS FP_AARCH64
#define FP_NAME "aarch64"
#define FP_SYMBOL(kernel) fp_aarch64_##kernel
#endif

#ifdef FP_KERNELS
void FP_SYMBOL(mul)(uint64_t r[FP_WORDS], const uint64_t a[FP_WORDS], const uint64_t b[FP_WORDS]);
void FP_SYMBOL(sqr)(uint64_t r[FP_WORDS], const uint64_t a[FP_WORDS]);
void FP_SYMBOL(add)(uint64_t r[FP_WORDS], const uint64_t a[FP_WORDS], const uint64_t b[FP_WORDS]);
void FP_SYMBOL(sub)(uint64_t r[FP_WORDS], const uint64_t a[FP_WORDS], const uint64_t b[FP_WORDS]);
void FP_SYMBOL(mul_wide)(uint64_t t[2 * FP_WORDS], const uint64_t a[FP_WORDS], const uint64_t b[FP_WORDS]);
void FP_SYMBOL(sqr_wide)(uint64_t t[2 * FP_WORDS], const uint64_t a[FP_WORDS]);
void FP_SYMBOL(redc)(uint64_t r[FP_WORDS], const uint64_t t[2 * FP_WORDS]);
void FP_SYMBOL(wide_sub)(uint64_t t[2 * FP_WORDS], const uint64_t u[2 * FP_WORDS]);
void FP_SYMBOL(accumulate)(uint64_t acc[2 * FP_WORDS + 1], const uint64_t t[2 * FP_WORDS]);
void FP_SYMBOL(reduce_once)(uint64_t x[FP_WORDS + 1]);

const fp_kernels FP_KERNELS = {
    .name = FP_NAME,
    .mul = FP_SYMBOL(mul),
    .sqr = FP_SYMBOL(sqr),
    .add = FP_SYMBOL(add),
    .sub = FP_SYMBOL(sub),
    .mul_wide = FP_SYMBOL(mul_wide),
    .sqr_wide = FP_SYMBOL(sqr_wide),
    .redc = FP_SYMBOL(redc),
    .wide_sub = FP_SYMBOL(wide_sub),
    .accumulate = FP_SYMBOL(accumulate),
    .reduce_once = FP_SYMBOL(reduce_once),
};
#else
typedef int fp_no_assembly_for_this_processor;
#endif
