/* Recoding of q - 1. */
#include "miller.h"

#include "constants.h"
#include "fq.h"

void miller_schedule_make(miller_schedule *r)
{
    static const uint64_t chain[FQ_WORDS] = FQ_MODULUS_MINUS_1;
    int carry = 0;
    for (size_t i = 0; i < MILLER_STEPS; i++) {
        int digit = carry;
        for (size_t k = 0; k < MILLER_WIDTH; k++) {
            size_t bit = MILLER_WIDTH * i + k;
            digit += (int)(chain[bit / 64] >> (bit % 64) & 1) << k;
        }
        /* 5..8 become -3..0 and carry one. */
        carry = digit > MILLER_LARGEST;
        r->digit[MILLER_STEPS - 1 - i] = digit - 8 * carry;
    }
}

size_t miller_pole(const miller_schedule *schedule, size_t step)
{
    int digit = schedule->digit[step];
    size_t magnitude = (size_t)(digit < 0 ? -digit : digit);
    return magnitude + 1 + (step == 0 ? 0 : 1 << MILLER_WIDTH);
}
