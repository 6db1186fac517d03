/* The choice of kernels. */
#include "fp_backend.h"

#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>

static int has_bmi2_and_adx(void)
{
#ifdef SOTTOVOCE_CT
    /* valgrind emulates these instructions, but its CPUID does not say so. */
    if (RUNNING_ON_VALGRIND)
        return 1;
#endif
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_BMI2) && (b & bit_ADX);
}
#endif

fp_kernels fp_kernels_now;

#ifdef FP_COUNT
fp_count fp_counted;
#endif

int fp_backend_use(const char *name)
{
    const fp_kernels *wanted = NULL;
    if (strcmp(name, FP_PORTABLE.name) == 0)
        wanted = &FP_PORTABLE;
#if defined(__x86_64__)
    if (strcmp(name, FP_X86_64.name) == 0 && has_bmi2_and_adx())
        wanted = &FP_X86_64;
#elif defined(__aarch64__)
    if (strcmp(name, FP_AARCH64.name) == 0)
        wanted = &FP_AARCH64;
#endif
    if (wanted != NULL)
        fp_kernels_now = *wanted;
    return wanted != NULL;
}

const char *fp_backend_name(void)
{
    return fp_kernels_now.name;
}

/* Before main, so that no call has to ask whether this has happened. */
__attribute__((constructor)) static void fp_backend_choose(void)
{
    if (!fp_backend_use("x86_64") && !fp_backend_use("aarch64"))
        (void)fp_backend_use("portable");
}
