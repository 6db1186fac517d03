/* The schedule of the pairing with a fixed key: q - 1 in base 8, digits -3..4, and what follows from it. Public. */
#ifndef MILLER_H
#define MILLER_H

#include <stddef.h>

#define MILLER_WIDTH 3
#define MILLER_STEPS 341
#define MILLER_LARGEST 4

/* Most significant first; the first digit is 2. */
typedef struct {
    int digit[MILLER_STEPS];
} miller_schedule;

void miller_schedule_make(miller_schedule *r);

/* The order of the pole of a step's function: 8 + |digit| + 1, and 3 for the first. */
size_t miller_pole(const miller_schedule *schedule, size_t step);

#endif
