/* The smallest test harness: say what failed, go on, answer in the exit status. */
#ifndef EXPECT_H
#define EXPECT_H

#include <stdio.h>
#include <string.h>

static int expect_failures;

#define EXPECT(truth)                                                          \
    do {                                                                       \
        if (!(truth)) {                                                        \
            printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #truth);         \
            expect_failures++;                                                 \
        }                                                                      \
    } while (0)

#define EXPECT_OCTETS(got, wanted) EXPECT(memcmp(got, wanted, sizeof wanted) == 0)

static inline int expect_report(const char *name)
{
    printf("%s: %s\n", name, expect_failures == 0 ? "ok" : "FAILED");
    return expect_failures != 0;
}

#endif
