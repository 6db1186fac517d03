/* Recoding of scalars. */
#include "digits.h"

void digits_recode(digits *r, const fq *k, size_t bits)
{
    /* The top digit holds at most three bits and a carry, so nothing is carried out of it. */
    r->count = (bits + 6) / DIGITS_WIDTH;
    uint64_t carry = 0;
    for (size_t i = 0; i < r->count; i++) {
        size_t bit = i * DIGITS_WIDTH, word = bit / 64, shift = bit % 64;
        uint64_t window = word < FQ_WORDS ? k->w[word] >> shift : 0;
        if (shift > 64 - DIGITS_WIDTH && word + 1 < FQ_WORDS)
            window |= k->w[word + 1] << (64 - shift);
        window = (window & 31) + carry;
        /* 17..32 become -15..0 and carry one. */
        carry = (window + 15) >> 5;
        ct_mask negative = ct_from_bit(carry);
        r->digit[i].magnitude = (window & ~negative) | ((32 - window) & negative);
        r->digit[i].negative = negative;
    }
}

#define BLOCK 8 /* words that stay in registers while the entries go by */

void digits_look_up(uint64_t *r, const uint64_t *table, size_t words, digit d)
{
    ct_mask here[DIGITS_LARGEST];
    for (size_t k = 0; k < DIGITS_LARGEST; k++)
        here[k] = ct_is_equal(d.magnitude, k + 1);
    for (size_t word = 0; word < words; word += BLOCK) {
        uint64_t found[BLOCK] = { 0 };
        for (size_t k = 0; k < DIGITS_LARGEST; k++)
            for (size_t i = 0; i < BLOCK; i++)
                found[i] |= here[k] & table[k * words + word + i];
        for (size_t i = 0; i < BLOCK; i++)
            r[word + i] = found[i];
    }
    ct_wipe(here, sizeof here);
}
