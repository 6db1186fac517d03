/* Constant-time building blocks: masks instead of branches, and wiping.
 *
 * A mask is all ones (true) or zero (false). Nothing here branches on, or indexes by, the data it is given. */
#ifndef CT_H
#define CT_H

#include <stddef.h>
#include <stdint.h>

#ifdef SOTTOVOCE_CT
#include <valgrind/memcheck.h>
#endif

typedef uint64_t ct_mask;

#define CT_TRUE (~(ct_mask)0)

/* Hide a value from the optimiser, so that it cannot turn masks back into branches. */
static inline uint64_t ct_barrier(uint64_t x)
{
    __asm__ volatile("" : "+r"(x));
    return x;
}

static inline ct_mask ct_from_bit(uint64_t bit)
{
    return ct_barrier(0 - bit);
}

static inline ct_mask ct_is_zero(uint64_t x)
{
    return ct_from_bit(1 ^ ((x | (0 - x)) >> 63));
}

static inline ct_mask ct_is_equal(uint64_t a, uint64_t b)
{
    return ct_is_zero(a ^ b);
}

static inline ct_mask ct_octets_equal(const uint8_t *a, const uint8_t *b, size_t len)
{
    uint64_t difference = 0;
    for (size_t i = 0; i < len; i++)
        difference |= (uint64_t)(a[i] ^ b[i]);
    return ct_is_zero(difference);
}

/* Make a verdict public: the one place where a mask computed from secrets may become a branch.
 * Under valgrind (SOTTOVOCE_CT) this is also what tells memcheck so. */
static inline int ct_reveal(ct_mask mask)
{
#ifdef SOTTOVOCE_CT
    VALGRIND_MAKE_MEM_DEFINED(&mask, sizeof mask);
#endif
    return mask != 0;
}

/* Tell memcheck that these octets are secret: random numbers, which it would take for public. */
static inline void ct_secret(void *octets, size_t len)
{
#ifdef SOTTOVOCE_CT
    VALGRIND_MAKE_MEM_UNDEFINED(octets, len);
#else
    (void)octets;
    (void)len;
#endif
}

/* Overwrite with zeros; never optimised away. */
void ct_wipe(void *octets, size_t len);

/* Overwrite the dead part of the stack below the caller, where field arithmetic left its words. */
void ct_burn_stack(void);

#endif
