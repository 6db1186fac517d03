/* The field on every backend that this processor has: against the portable one, and against its own laws. */
#include "backends.h"
#include "constants.h"
#include "expect.h"
#include "fp_backend.h"

#define ROUNDS 2000

static const uint64_t MODULUS[FP_WORDS] = FP_MODULUS;

/* A fixed stream (xorshift64*), so that a failure can be repeated. */
static uint64_t stream = 0x2545f4914f6cdd1d;

static uint64_t any_word(void)
{
    stream ^= stream >> 12;
    stream ^= stream << 25;
    stream ^= stream >> 27;
    return stream * 0x2545f4914f6cdd1d;
}

/* Numbers below p: 0, 1, 2, p - 1, p - 2, single words of ones, and any; many with runs of ones or zeros, where
 * carries go far. */
static void any_fp(fp *r)
{
    uint64_t kind = any_word() % 16;
    do {
        for (size_t i = 0; i < FP_WORDS; i++) {
            uint64_t run = any_word() % 4;
            r->w[i] = any_word();
            if (kind >= 8 && run < 2)
                r->w[i] = 0 - run;
        }
        if (kind < 5) {
            memset(r, 0, sizeof *r);
            if (kind >= 3)
                memcpy(r->w, MODULUS, sizeof r->w);
            r->w[0] += (uint64_t[]) { 0, 1, 2, (uint64_t)-1, (uint64_t)-2 }[kind];
        } else if (kind == 5) {
            memset(r, 0, sizeof *r);
            r->w[any_word() % (FP_WORDS - 1)] = (uint64_t)-1;
        }
    } while (!limbs_less_than(r->w, MODULUS, FP_WORDS));
}

/* Numbers below p 2^1024: the upper half is a number below p, the lower half is anything. */
static void any_wide(fp_wide *t)
{
    fp upper;
    any_fp(&upper);
    memcpy(t->w + FP_WORDS, upper.w, sizeof upper.w);
    uint64_t kind = any_word() % 4;
    for (size_t i = 0; i < FP_WORDS; i++)
        t->w[i] = kind < 2 ? 0 - kind : any_word();
}

static void kernels_agree_with_the_portable_ones(void)
{
    const fp_kernels *k = &fp_kernels_now;
    for (int round = 0; round < ROUNDS; round++) {
        fp a, b, got, wanted;
        fp_wide t, u, wide_wanted;
        fp_acc acc, acc_wanted;
        any_fp(&a);
        any_fp(&b);
        any_wide(&t);

        k->mul(got.w, a.w, b.w);
        FP_PORTABLE.mul(wanted.w, a.w, b.w);
        EXPECT(memcmp(&got, &wanted, sizeof got) == 0);
        k->sqr(got.w, a.w);
        FP_PORTABLE.sqr(wanted.w, a.w);
        EXPECT(memcmp(&got, &wanted, sizeof got) == 0);
        k->add(got.w, a.w, b.w);
        FP_PORTABLE.add(wanted.w, a.w, b.w);
        EXPECT(memcmp(&got, &wanted, sizeof got) == 0);
        k->sub(got.w, a.w, b.w);
        FP_PORTABLE.sub(wanted.w, a.w, b.w);
        EXPECT(memcmp(&got, &wanted, sizeof got) == 0);
        k->redc(got.w, t.w);
        FP_PORTABLE.redc(wanted.w, t.w);
        EXPECT(memcmp(&got, &wanted, sizeof got) == 0);
        k->mul_wide(u.w, a.w, b.w);
        FP_PORTABLE.mul_wide(wide_wanted.w, a.w, b.w);
        EXPECT(memcmp(&u, &wide_wanted, sizeof u) == 0);
        k->sqr_wide(u.w, a.w);
        FP_PORTABLE.sqr_wide(wide_wanted.w, a.w);
        EXPECT(memcmp(&u, &wide_wanted, sizeof u) == 0);
        memcpy(acc.w, u.w, sizeof u);
        acc.w[2 * FP_WORDS] = any_word() % 16;
        acc_wanted = acc;
        k->accumulate(acc.w, t.w);
        FP_PORTABLE.accumulate(acc_wanted.w, t.w);
        EXPECT(memcmp(&acc, &acc_wanted, sizeof acc) == 0);

        u = t;
        wide_wanted = t;
        k->mul_wide(acc.w, a.w, b.w);
        k->wide_sub(u.w, acc.w);
        FP_PORTABLE.wide_sub(wide_wanted.w, acc.w);
        EXPECT(memcmp(&u, &wide_wanted, sizeof u) == 0);
        memcpy(acc.w, a.w, sizeof a);
        acc.w[FP_WORDS] = any_word() % 3;
        if (round % 3 == 0)
            memcpy(acc.w, MODULUS, sizeof MODULUS);
        acc_wanted = acc;
        k->reduce_once(acc.w);
        FP_PORTABLE.reduce_once(acc_wanted.w);
        EXPECT(memcmp(&acc, &acc_wanted, sizeof acc) == 0);

        /* A result may take the place of an operand. */
        k->mul(wanted.w, a.w, b.w);
        got = a;
        k->mul(got.w, got.w, b.w);
        EXPECT(memcmp(&got, &wanted, sizeof got) == 0);
        got = b;
        k->mul(got.w, a.w, got.w);
        EXPECT(memcmp(&got, &wanted, sizeof got) == 0);
        k->mul(wanted.w, a.w, a.w);
        got = a;
        k->sqr(got.w, got.w);
        EXPECT(memcmp(&got, &wanted, sizeof got) == 0);
        got = a;
        k->mul(got.w, got.w, got.w);
        EXPECT(memcmp(&got, &wanted, sizeof got) == 0);
        k->sub(wanted.w, a.w, b.w);
        got = b;
        k->sub(got.w, a.w, got.w);
        EXPECT(memcmp(&got, &wanted, sizeof got) == 0);
        got = a;
        k->sub(got.w, got.w, b.w);
        EXPECT(memcmp(&got, &wanted, sizeof got) == 0);
        k->add(wanted.w, a.w, b.w);
        got = b;
        k->add(got.w, a.w, got.w);
        EXPECT(memcmp(&got, &wanted, sizeof got) == 0);
    }
}

static void a_product_is_its_wide_product_reduced(void)
{
    for (int round = 0; round < ROUNDS; round++) {
        fp a, b, got, wanted;
        fp_wide t;
        any_fp(&a);
        any_fp(&b);
        fp_mul_wide(&t, &a, &b);
        fp_redc(&got, &t);
        fp_mul(&wanted, &a, &b);
        EXPECT(fp_equal(&got, &wanted));
        fp_sqr_wide(&t, &a);
        fp_redc(&got, &t);
        fp_sqr(&wanted, &a);
        EXPECT(fp_equal(&got, &wanted));
    }
}

static void differences_are_reduced_once(void)
{
    for (int round = 0; round < ROUNDS; round++) {
        fp a, b, c, d, got, wanted;
        fp_wide t, u;
        any_fp(&a);
        any_fp(&b);
        any_fp(&c);
        any_fp(&d);
        fp_mul_wide(&t, &a, &b);
        fp_mul_wide(&u, &c, &d);
        fp_wide_sub(&t, &u);
        fp_redc(&got, &t);
        fp_mul(&a, &a, &b);
        fp_mul(&c, &c, &d);
        fp_sub(&wanted, &a, &c);
        EXPECT(fp_equal(&got, &wanted));
        fp_wide_sub(&u, &u);
        fp_redc(&got, &u);
        EXPECT(fp_is_zero(&got));
    }
}

static void sums_are_reduced_once(void)
{
    for (size_t k = 1; k <= FP_ACC_MOST; k++) {
        for (int round = 0; round < ROUNDS / 20; round++) {
            fp a, b, got, wanted = FP_ZERO;
            fp_wide t;
            fp_acc acc;
            fp_acc_clear(&acc);
            for (size_t i = 0; i < k; i++) {
                any_fp(&a);
                any_fp(&b);
                if (round == 0) {
                    /* The largest sum there is. */
                    memcpy(a.w, MODULUS, sizeof a.w);
                    a.w[0]--;
                    b = a;
                }
                fp_mul_wide(&t, &a, &b);
                fp_acc_add(&acc, &t);
                fp_mul(&a, &a, &b);
                fp_add(&wanted, &wanted, &a);
            }
            fp_acc_redc(&got, &acc, k);
            EXPECT(fp_equal(&got, &wanted));
            EXPECT(limbs_less_than(got.w, MODULUS, FP_WORDS));
        }
    }
}

static void inversions_agree(void)
{
    fp a, got, wanted;
    for (int round = 0; round < ROUNDS / 10; round++) {
        any_fp(&a);
        fp_inv(&wanted, &a);
        fp_mul(&got, &wanted, &a);
        EXPECT(fp_equal(&got, &FP_ONE) | fp_is_zero(&a));
        EXPECT(limbs_less_than(wanted.w, MODULUS, FP_WORDS));
        fp_inv_blinded(&got, &a);
        EXPECT(fp_equal(&got, &wanted));
        fp_inv_blinded(&a, &a);
        EXPECT(fp_equal(&a, &wanted));
    }
    fp_inv(&got, &FP_ZERO);
    EXPECT(fp_is_zero(&got));
    fp_inv_blinded(&got, &FP_ZERO);
    EXPECT(fp_is_zero(&got));
    fp_inv_blinded(&got, &FP_ONE);
    EXPECT(fp_equal(&got, &FP_ONE));
}

int main(void)
{
    const char *chosen = fp_backend_name();
    EXPECT(!fp_backend_use("no such backend"));
    EXPECT(strcmp(fp_backend_name(), chosen) == 0);
    size_t position = 0;
    for (const char *name; (name = backend_next(&position)) != NULL;) {
        EXPECT(strcmp(fp_backend_name(), name) == 0);
        kernels_agree_with_the_portable_ones();
        a_product_is_its_wide_product_reduced();
        differences_are_reduced_once();
        sums_are_reduced_once();
        inversions_agree();
        printf("fp: on %s%s\n", name, strcmp(name, chosen) == 0 ? ", chosen here" : "");
    }
    return expect_report("fp");
}
