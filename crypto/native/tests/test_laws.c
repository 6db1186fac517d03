/* Laws of the arithmetic that must hold for numbers nobody chose: the field, scalars, digits, group, pairing. */
#include <stdlib.h>

#include "backends.h"
#include "digits.h"
#include "edwards.h"
#include "expect.h"
#include "fixed_edwards.h"
#include "fixed_pf.h"
#include "jacobian.h"
#include "memory.h"
#include "p256.h"
#include "pairing.h"
#include "pairing_table.h"
#include "pf.h"

/* A fixed stream (xorshift64*), so that a failure can be repeated. */
static uint64_t stream = 0x9e3779b97f4a7c15;

static void fill(void *octets, size_t len)
{
    uint8_t *o = octets;
    for (size_t i = 0; i < len; i++) {
        stream ^= stream >> 12;
        stream ^= stream << 25;
        stream ^= stream >> 27;
        o[i] = (uint8_t)(stream * 0x2545f4914f6cdd1d >> 56);
    }
}

static void any_fp(fp *r, int round)
{
    /* Early rounds take the edges: 0, 1, p - 1, and numbers with long runs of ones. */
    uint8_t octets[FP_OCTETS];
    do {
        fill(octets, sizeof octets);
        if (round % 7 == 0)
            memset(octets + 8, 0xff, 100);
    } while (!fp_from_octets(r, octets, sizeof octets));
    if (round == 0)
        *r = FP_ZERO;
    if (round == 1)
        *r = FP_ONE;
    if (round == 2)
        fp_neg(r, &FP_ONE);
}

static void any_fq(fq *r)
{
    uint8_t octets[FQ_OCTETS];
    fill(octets, sizeof octets);
    fq_reduce_octets(r, octets, sizeof octets);
}

static void the_field_is_a_field(void)
{
    fp a, b, c, left, right, t;
    for (int round = 0; round < 300; round++) {
        any_fp(&a, round);
        any_fp(&b, round / 3);
        any_fp(&c, round / 5);
        fp_add(&t, &a, &b);
        fp_mul(&left, &t, &c);
        fp_mul(&right, &a, &c);
        fp_mul(&t, &b, &c);
        fp_add(&right, &right, &t);
        EXPECT(fp_equal(&left, &right));
        fp_sub(&left, &a, &b);
        fp_add(&left, &left, &b);
        EXPECT(fp_equal(&left, &a));
        fp_neg(&t, &a);
        fp_add(&t, &t, &a);
        EXPECT(fp_is_zero(&t));
        uint8_t octets[FP_OCTETS];
        fp_to_octets(octets, sizeof octets, &a);
        EXPECT(fp_from_octets(&t, octets, sizeof octets));
        EXPECT(fp_equal(&t, &a));
        EXPECT(fp_parity(&a) == (octets[FP_OCTETS - 1] & 1));
        if (round % 10 == 3) {
            fp_inv(&t, &a);
            fp_mul(&t, &t, &a);
            EXPECT(fp_equal(&t, &FP_ONE));
            fp_sqr(&t, &a);
            fp_sqrt(&t, &t);
            fp_neg(&left, &t);
            EXPECT(fp_equal(&t, &a) | fp_equal(&left, &a));
        }
    }
    fp_inv(&t, &FP_ZERO);
    EXPECT(fp_is_zero(&t));
    uint8_t most[FP_OCTETS];
    memset(most, 0xff, sizeof most);
    EXPECT(!fp_from_octets(&t, most, sizeof most));
    EXPECT(!fp_from_octets(&t, most, sizeof most - 1));
}

static void digits_add_up(void)
{
    for (int round = 0; round < 300; round++) {
        fq k;
        digits d;
        any_fq(&k);
        if (round == 0)
            memset(&k, 0, sizeof k);
        if (round % 5 == 1)
            memset(&k, 0xff, 120);
        digits_recode(&d, &k, FQ_BITS);
        EXPECT(d.count <= DIGITS_MOST);
        /* Horner from the top: acc = 32 acc + digit, in one word more than k. No partial sum is negative. */
        uint64_t acc[FQ_WORDS + 1] = { 0 }, term[FQ_WORDS + 1] = { 0 };
        for (size_t i = d.count; i-- > 0;) {
            for (int step = 0; step < DIGITS_WIDTH; step++)
                EXPECT(limbs_add(acc, acc, acc, FQ_WORDS + 1) == 0);
            term[0] = d.digit[i].magnitude;
            EXPECT(d.digit[i].magnitude <= DIGITS_LARGEST);
            if (d.digit[i].negative)
                EXPECT(limbs_sub(acc, acc, term, FQ_WORDS + 1) == 0);
            else
                EXPECT(limbs_add(acc, acc, term, FQ_WORDS + 1) == 0);
        }
        EXPECT(acc[FQ_WORDS] == 0 && limbs_equal(acc, k.w, FQ_WORDS));
    }
}

static void scalars_invert(void)
{
    fq a, b, inverse;
    edwards_table table;
    edwards p, product;
    edwards_from_point(&p, &POINT_P);
    edwards_table_build(&table, &p);
    for (int round = 0; round < 3; round++) {
        /* [1/a][a]P = P needs a table of [a]P. */
        point ap;
        any_fq(&a);
        fq_inv(&inverse, &a);
        edwards_multiply(&product, &a, FQ_BITS, &table);
        EXPECT(edwards_to_point(&ap, &product));
        edwards_table of_ap;
        edwards_table_build(&of_ap, &product);
        edwards_multiply(&product, &inverse, FQ_BITS, &of_ap);
        EXPECT(edwards_equals_point(&product, &POINT_P));
        EXPECT(!edwards_equals_point(&product, &ap));
        fq_inv(&b, &inverse);
        EXPECT(limbs_equal(a.w, b.w, FQ_WORDS));
    }
    memset(&a, 0, sizeof a);
    fq_inv(&inverse, &a);
    EXPECT(fq_is_zero(&inverse));
    /* Zeros in front of an identifier longer than q change the blocks, not the number. */
    uint8_t longer[300];
    fill(longer, sizeof longer);
    fq_reduce_octets(&a, longer, sizeof longer);
    uint8_t padded[400] = { 0 };
    memcpy(padded + 100, longer, sizeof longer);
    fq_reduce_octets(&b, padded, sizeof padded);
    EXPECT(limbs_equal(a.w, b.w, FQ_WORDS));
}

static void the_group_is_a_group(void)
{
    fq k, m, sum;
    edwards p, kp, mp, left, right;
    edwards_table table;
    point a, b;
    edwards_from_point(&p, &POINT_P);
    edwards_table_build(&table, &p);
    for (int round = 0; round < 5; round++) {
        any_fq(&k);
        any_fq(&m);
        fq_add(&sum, &k, &m);
        edwards_multiply(&kp, &k, FQ_BITS, &table);
        edwards_multiply(&mp, &m, FQ_BITS, &table);
        edwards_add(&left, &kp, &mp);
        edwards_multiply(&right, &sum, FQ_BITS, &table);
        EXPECT(edwards_to_point(&a, &left));
        EXPECT(edwards_to_point(&b, &right));
        EXPECT(fp_equal(&a.x, &b.x) & fp_equal(&a.y, &b.y));
        EXPECT(edwards_equals_point(&right, &a));
        EXPECT(jacobian_has_order_q(&a));
        fp_neg(&a.y, &a.y);
        EXPECT(!edwards_equals_point(&right, &a));
    }
    /* [0]P is neutral and has no affine form; P + P is no special case; P - P is neutral. */
    memset(&k, 0, sizeof k);
    edwards_multiply(&left, &k, FQ_BITS, &table);
    EXPECT(edwards_is_neutral(&left));
    EXPECT(!edwards_to_point(&a, &left));
    EXPECT(!edwards_equals_point(&left, &POINT_P));
    k.w[0] = 2;
    edwards_multiply(&left, &k, 2, &table);
    edwards_add(&right, &p, &p);
    EXPECT(edwards_to_point(&a, &left));
    EXPECT(edwards_equals_point(&right, &a));
    b = POINT_P;
    fp_neg(&b.y, &b.y);
    edwards_from_point(&left, &b);
    edwards_add(&right, &p, &left);
    EXPECT(edwards_is_neutral(&right));
}

static void points_of_other_orders_are_found(void)
{
    /* (0, 0) has order 2; P + (0, 0) has order 2q: x = (y/x)^2 - x, y = -(y/x) x3. */
    point two = { FP_ZERO, FP_ZERO }, two_q, four;
    fp slope, three, t;
    uint8_t octets[POINT_OCTETS];
    EXPECT(!jacobian_has_order_q(&two));
    fp_inv(&slope, &POINT_P.x);
    fp_mul(&slope, &slope, &POINT_P.y);
    fp_sqr(&two_q.x, &slope);
    fp_sub(&two_q.x, &two_q.x, &POINT_P.x);
    fp_mul(&two_q.y, &slope, &two_q.x);
    fp_neg(&two_q.y, &two_q.y);
    point_to_octets(octets, sizeof octets, &two_q);
    EXPECT(point_from_octets(&two_q, octets, sizeof octets));
    EXPECT(!jacobian_has_order_q(&two_q));
    /* [2](x, y) = (0, 0) where the tangent passes through (0, 0): x^2 = -3. Only one root has a y. */
    fp_add(&three, &FP_ONE, &FP_ONE);
    fp_add(&three, &three, &FP_ONE);
    fp_neg(&t, &three);
    fp_sqrt(&four.x, &t);
    int found = 0;
    for (int sign = 0; sign < 2; sign++) {
        fp right, square;
        fp_neg(&four.x, &four.x);
        fp_sqr(&right, &four.x);
        fp_sub(&right, &right, &three);
        fp_mul(&right, &right, &four.x);
        fp_sqrt(&four.y, &right);
        fp_sqr(&square, &four.y);
        if (fp_equal(&square, &right)) {
            found++;
            EXPECT(!jacobian_has_order_q(&four));
        }
    }
    EXPECT(found == 1);
    EXPECT(jacobian_has_order_q(&POINT_P));
}

static void the_pairing_is_bilinear(void)
{
    edwards p, kp, mp;
    edwards_table table;
    edwards_from_point(&p, &POINT_P);
    edwards_table_build(&table, &p);
    for (int round = 0; round < 3; round++) {
        fq k, m, sum;
        point a, b;
        pf left, right, other;
        uint8_t left_octets[FP_OCTETS], right_octets[FP_OCTETS];
        any_fq(&k);
        any_fq(&m);
        edwards_multiply(&kp, &k, FQ_BITS, &table);
        edwards_multiply(&mp, &m, FQ_BITS, &table);
        EXPECT(edwards_to_point(&a, &kp));
        EXPECT(edwards_to_point(&b, &mp));
        /* <[k]P, P> <[m]P, P> = g^(k + m). */
        EXPECT(pairing_compute(&left, &a, &POINT_P));
        EXPECT(pairing_compute(&other, &b, &POINT_P));
        pf_mul(&left, &left, &other);
        fq_add(&sum, &k, &m);
        pf_power_of_g(&right, &sum);
        pf_to_octets(left_octets, sizeof left_octets, &left);
        pf_to_octets(right_octets, sizeof right_octets, &right);
        EXPECT_OCTETS(left_octets, right_octets);
        /* <[k]P, [m]P> = <[m]P, [k]P>. */
        EXPECT(pairing_compute(&left, &a, &b));
        EXPECT(pairing_compute(&right, &b, &a));
        pf_to_octets(left_octets, sizeof left_octets, &left);
        pf_to_octets(right_octets, sizeof right_octets, &right);
        EXPECT_OCTETS(left_octets, right_octets);
        EXPECT(!pf_is_g(&left));
    }
}

/* Scalars where digits are 0, 16, -15, and where all windows carry. */
static void awkward_fq(fq *k, int round)
{
    any_fq(k);
    if (round < 4)
        memset(k, 0, sizeof *k);
    if (round == 1)
        k->w[0] = 1;
    if (round == 2)
        memset(k, 0x84, 120);
    if (round == 3)
        memset(k, 0xff, 127);
}

static void look_up_finds_each_entry(void)
{
    uint64_t table[DIGITS_LARGEST * 16], found[16];
    fill(table, sizeof table);
    for (uint64_t k = 0; k <= DIGITS_LARGEST; k++) {
        digit d = { .magnitude = k, .negative = 0 };
        digits_look_up(found, table, 16, d);
        for (size_t i = 0; i < 16; i++)
            EXPECT(found[i] == (k == 0 ? 0 : table[16 * (k - 1) + i]));
    }
}

static void tables_agree_with_plain_multiplication(void)
{
    fq k, m, km;
    digits k_digits, m_digits;
    edwards_table few;
    edwards p, base, expected, got;
    point affine;
    fixed_edwards *table = malloc(sizeof *table);
    const fixed_pf *g = fixed_pf_of_g();
    EXPECT(table != NULL && g != NULL && fixed_edwards_of_p() != NULL);
    if (table == NULL || g == NULL)
        return;
    EXPECT(fixed_edwards_of_p() == fixed_edwards_of_p() && fixed_pf_of_g() == g);
    edwards_from_point(&p, &POINT_P);
    any_fq(&m);
    edwards_table_build(&few, &p);
    edwards_multiply(&base, &m, FQ_BITS, &few);
    EXPECT(fixed_edwards_build(table, &base));
    digits_recode(&m_digits, &m, FQ_BITS);
    for (int round = 0; round < 8; round++) {
        awkward_fq(&k, round);
        digits_recode(&k_digits, &k, FQ_BITS);
        edwards_table_build(&few, &base);
        edwards_multiply(&expected, &k, FQ_BITS, &few);
        edwards_set_neutral(&got);
        fixed_edwards_add(&got, &k_digits, table);
        EXPECT(edwards_is_neutral(&got) == edwards_is_neutral(&expected));
        if (edwards_to_point(&affine, &expected))
            EXPECT(edwards_equals_point(&got, &affine));
        /* [k][m]P + [m]P = [km + m]P, in one accumulator. */
        fixed_edwards_add(&got, &m_digits, fixed_edwards_of_p());
        fq_mul(&km, &k, &m);
        fq_add(&km, &km, &m);
        edwards_table_build(&few, &p);
        edwards_multiply(&expected, &km, FQ_BITS, &few);
        EXPECT(edwards_to_point(&affine, &expected));
        EXPECT(edwards_equals_point(&got, &affine));
        pf left, right;
        uint8_t left_octets[FP_OCTETS], right_octets[FP_OCTETS];
        pf_power_of_g(&left, &k);
        fixed_pf_power(&right, &k_digits, g);
        pf_to_octets(left_octets, sizeof left_octets, &left);
        pf_to_octets(right_octets, sizeof right_octets, &right);
        EXPECT_OCTETS(left_octets, right_octets);
    }
    free(table);
}

static void a_pairing_with_a_table_is_the_pairing(void)
{
    edwards p, kp, mp;
    edwards_table few;
    pairing_table *table = malloc(sizeof *table);
    EXPECT(table != NULL);
    if (table == NULL)
        return;
    edwards_from_point(&p, &POINT_P);
    edwards_table_build(&few, &p);
    for (int round = 0; round < 2; round++) {
        fq k, m;
        point a, b;
        pf expected, got;
        uint8_t expected_octets[FP_OCTETS], got_octets[FP_OCTETS];
        int locked = 0;
        any_fq(&k);
        edwards_multiply(&kp, &k, FQ_BITS, &few);
        EXPECT(edwards_to_point(&a, &kp));
        EXPECT(pairing_table_build(table, &a, &locked));
        for (int points = 0; points < 3; points++) {
            any_fq(&m);
            edwards_multiply(&mp, &m, FQ_BITS, &few);
            EXPECT(edwards_to_point(&b, &mp));
            (void)pairing_compute(&expected, &a, &b);
            pairing_table_compute(&got, table, &b);
            pf_to_octets(expected_octets, sizeof expected_octets, &expected);
            pf_to_octets(got_octets, sizeof got_octets, &got);
            EXPECT_OCTETS(got_octets, expected_octets);
            /* <-b, K> is the inverse. */
            fp_neg(&b.y, &b.y);
            pairing_table_compute(&got, table, &b);
            fp_neg(&got.b, &got.b);
            pf_to_octets(got_octets, sizeof got_octets, &got);
            EXPECT_OCTETS(got_octets, expected_octets);
        }
        /* One wrong word anywhere is another function. */
        table->coefficient[(size_t)round * (PAIRING_TABLE_COEFFICIENTS - 1)].w[0] ^= 1;
        pairing_table_compute(&got, table, &b);
        pf_to_octets(got_octets, sizeof got_octets, &got);
        EXPECT(memcmp(got_octets, expected_octets, sizeof got_octets) != 0);
    }
    free(table);
}

static void p256_scalars_are_a_field(void)
{
    static const p256_scalar one = { { 1 } };
    uint8_t octets[P256_OCTETS];
    p256_scalar a, b, c, left, right, t;
    for (int round = 0; round < 200; round++) {
        fill(octets, sizeof octets);
        p256_scalar_reduce(&a, octets, sizeof octets);
        fill(octets, sizeof octets);
        p256_scalar_reduce(&b, octets, sizeof octets);
        EXPECT(p256_scalar_random(&c));
        p256_scalar_add(&t, &a, &b);
        p256_scalar_mul(&left, &t, &c);
        p256_scalar_mul(&right, &a, &c);
        p256_scalar_mul(&t, &b, &c);
        p256_scalar_add(&right, &right, &t);
        EXPECT(limbs_equal(left.w, right.w, P256_WORDS));
        p256_scalar_inv(&t, &c);
        p256_scalar_mul(&t, &t, &c);
        EXPECT(limbs_equal(t.w, one.w, P256_WORDS));
        p256_scalar_neg(&t, &a);
        p256_scalar_add(&t, &t, &a);
        EXPECT(p256_scalar_is_zero(&t));
    }
    memset(octets, 0xff, sizeof octets);
    EXPECT(!p256_scalar_from_octets(&a, octets, sizeof octets));
    memset(octets, 0, sizeof octets);
    EXPECT(!p256_scalar_from_octets(&a, octets, sizeof octets));
}

static void p256_infinity_has_no_octets(void)
{
    static const p256_scalar one = { { 1 } };
    uint8_t octets[P256_POINT_OCTETS];
    p256_scalar minus_one;
    p256_scalar_neg(&minus_one, &one);
    BN_CTX *ctx = BN_CTX_new();
    EC_POINT *g = p256_point_from_octets(P256_G_OCTETS, sizeof P256_G_OCTETS, ctx);
    EC_POINT *sum = EC_POINT_new(p256_group());
    EXPECT(ctx != NULL && g != NULL && sum != NULL);
    /* G - G, and 2G - G. */
    EXPECT(p256_sum(sum, &one, g, &minus_one, NULL, NULL, ctx));
    EXPECT(!p256_point_to_octets(octets, sizeof octets, sum, ctx));
    p256_scalar two = { { 2 } };
    EXPECT(p256_sum(sum, &two, g, &minus_one, NULL, NULL, ctx));
    EXPECT(p256_point_to_octets(octets, sizeof octets, sum, ctx));
    EXPECT_OCTETS(octets, P256_G_OCTETS);
    /* Bad octets leave nothing in the error queue of the thread. */
    octets[64] ^= 1;
    EXPECT(p256_point_from_octets(octets, sizeof octets, ctx) == NULL);
    EXPECT(ERR_peek_error() == 0);
    EC_POINT_free(g);
    EC_POINT_free(sum);
    BN_CTX_free(ctx);
}

static void secret_memory_is_its_own(void)
{
    int locked = 0;
    uint8_t *pages = memory_take(5000, &locked);
    EXPECT(pages != NULL);
    for (size_t i = 0; pages != NULL && i < 5000; i++)
        EXPECT(pages[i] == 0);
    /* Some of what is alive goes; the end of the program wipes the rest. */
    uint8_t *others[3];
    for (size_t i = 0; i < 3; i++) {
        others[i] = memory_take(100, &locked);
        EXPECT(others[i] != NULL);
        fill(others[i], 100);
    }
    memory_give_back(others[1], 100);
    fill(pages, 5000);
    memory_wipe_all();
    for (size_t i = 0; i < 5000; i++)
        EXPECT(pages[i] == 0 && others[0][i % 100] == 0 && others[2][i % 100] == 0);
    memory_give_back(others[2], 100);
    memory_give_back(pages, 5000);
    memory_give_back(others[0], 100);
    uint8_t octets[100];
    fill(octets, sizeof octets);
    ct_wipe(octets, sizeof octets);
    for (size_t i = 0; i < sizeof octets; i++)
        EXPECT(octets[i] == 0);
}

int main(void)
{
    size_t position = 0;
    for (const char *name; (name = backend_next(&position)) != NULL;) {
        the_field_is_a_field();
        scalars_invert();
        the_group_is_a_group();
        points_of_other_orders_are_found();
        the_pairing_is_bilinear();
        look_up_finds_each_entry();
        tables_agree_with_plain_multiplication();
        a_pairing_with_a_table_is_the_pairing();
        printf("laws: on %s\n", name);
    }
    digits_add_up();
    p256_scalars_are_a_field();
    p256_infinity_has_no_octets();
    secret_memory_is_its_own();
    return expect_report("laws");
}
