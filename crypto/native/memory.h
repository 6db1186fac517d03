/* Memory for secrets: own pages, locked against swapping where the system allows, left out of core dumps. */
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

/* Zeroed pages, or NULL. *locked tells whether they are locked (RLIMIT_MEMLOCK may forbid it). */
void *memory_take(size_t len, int *locked);

/* Wipe, unlock and give back. NULL is allowed. */
void memory_give_back(void *secret, size_t len);

/* Zero all that was taken and not given back. Done by itself when the program ends. */
void memory_wipe_all(void);

#endif
