/* Which kernels the field runs on: for tests and measurements. The choice is not for use beside other threads. */
#ifndef FP_BACKENDS_H
#define FP_BACKENDS_H

/* "portable", "x86_64" or "aarch64". */
const char *fp_backend_name(void);

/* 1, or 0 if this processor does not have it; then nothing changes. */
int fp_backend_use(const char *name);

#endif
