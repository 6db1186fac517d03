/* Each backend of the field that this processor has, one after the other. */
#ifndef BACKENDS_H
#define BACKENDS_H

#include <stddef.h>

#include "fp_backends.h"

/* Use the next backend and give its name; NULL after the last. *position starts at 0. */
static inline const char *backend_next(size_t *position)
{
    static const char *const names[] = { "portable", "x86_64", "aarch64" };
    while (*position < sizeof names / sizeof *names) {
        const char *name = names[(*position)++];
        if (fp_backend_use(name))
            return name;
    }
    return NULL;
}

#endif
