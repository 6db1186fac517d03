/* Wiping. */
#include "ct.h"

#include <string.h>

void ct_wipe(void *octets, size_t len)
{
    memset(octets, 0, len);
    /* The compiler must believe that somebody reads the zeros. */
    __asm__ volatile("" : : "r"(octets) : "memory");
}

/* Deeper than the deepest chain of leaf functions; named structures are wiped by their owners. */
#define CT_STACK_DEPTH 16384

__attribute__((noinline)) void ct_burn_stack(void)
{
    uint8_t dead[CT_STACK_DEPTH];
    ct_wipe(dead, sizeof dead);
}
