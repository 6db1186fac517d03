/* One operation, some number of times, for an emulator that writes down each instruction (tests/trace.awk).
 *
 *     test_trace <operation> <times> <secret>
 *
 * Two runs that differ in <times> tell what the operation costs. Two runs that differ in <secret>, a character from
 * which all secrets are made, must go the same way: no branch depends on a secret. Only "planted" branches on one,
 * to show that this is found. */
#include <stdlib.h>

#include "expect.h"
#include "fp.h"
#include "sakke.h"
#include "vectors.h"

static uint8_t master_secret[SAKKE_SCALAR_OCTETS], ssv[SAKKE_SSV_OCTETS], got[SAKKE_SSV_OCTETS];
static uint8_t z[SAKKE_POINT_OCTETS], rsk[SAKKE_POINT_OCTETS], sed[SAKKE_SED_OCTETS];
static sakke_kms_key *kms;
static sakke_receiver_key *receiver;
static sakke_callee *callee;
static fp a;

static void multiply(void)
{
    fp_mul(&a, &a, &a);
}

static void square(void)
{
    fp_sqr(&a, &a);
}

/* Not inlined, so that a compiler cannot turn the planted branch into a mask. */
__attribute__((noinline)) static void planted_work(volatile uint64_t *count)
{
    (*count)++;
}

static void planted(void)
{
    volatile uint64_t count = 0;
    for (int bit = 0; bit < 64; bit++)
        if (a.w[0] >> bit & 1)
            planted_work(&count);
}

static void invert(void)
{
    fp_inv_blinded(&a, &a);
}

static void extract(void)
{
    EXPECT(sakke_extract_rsk(rsk, sizeof rsk, master_secret, sizeof master_secret, SAKKE_IDENTIFIER,
               sizeof SAKKE_IDENTIFIER)
        == STATUS_OK);
}

static void encapsulate(void)
{
    EXPECT(sakke_encapsulate(sed, sizeof sed, ssv, sizeof ssv, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
}

static void load(void)
{
    sakke_receiver_key_free(receiver);
    EXPECT(sakke_receiver_key_load(&receiver, rsk, sizeof rsk, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
}

static void prepare(void)
{
    load();
    EXPECT(sakke_receiver_key_prepare(receiver) == STATUS_OK);
}

static void encapsulate_to_callee(void)
{
    EXPECT(sakke_encapsulate_to(sed, sizeof sed, ssv, sizeof ssv, callee) == STATUS_OK);
}

static void decapsulate(void)
{
    EXPECT(sakke_decapsulate(got, sizeof got, sed, sizeof sed, receiver) == STATUS_OK);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(void);
        int needs; /* 1: the KMS key and an RSK; 2: encapsulated data and the RSK loaded; 3: a callee; 4: tables */
    } operations[] = {
        { "planted", planted, 0 },
        { "field-multiplication", multiply, 0 },
        { "field-squaring", square, 0 },
        { "field-inversion", invert, 0 },
        { "extract", extract, 1 },
        { "encapsulate-new", encapsulate, 1 },
        { "encapsulate-known", encapsulate_to_callee, 3 },
        { "key-load", load, 1 },
        { "key-load-and-prepare", prepare, 1 },
        { "decapsulate-unprepared", decapsulate, 2 },
        { "decapsulate", decapsulate, 4 },
    };
    uint8_t number[FP_OCTETS], secret = 0;
    if (argc != 4)
        return 2;
    secret = (uint8_t)argv[3][0];
    memcpy(master_secret, SAKKE_MASTER_SECRET, sizeof master_secret);
    memcpy(ssv, SAKKE_SSV, sizeof ssv);
    master_secret[SAKKE_SCALAR_OCTETS - 2] ^= secret;
    ssv[0] ^= secret;
    memcpy(number, SAKKE_G_TO_R, sizeof number);
    for (size_t i = 1; i < sizeof number; i++)
        number[i] ^= secret;
    EXPECT(fp_from_octets(&a, number, sizeof number));
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        if (strcmp(argv[1], operations[i].name) != 0)
            continue;
        if (operations[i].needs >= 1) {
            EXPECT(sakke_kms_public_key(z, sizeof z, master_secret, sizeof master_secret) == STATUS_OK);
            EXPECT(sakke_kms_key_load(&kms, z, sizeof z) == STATUS_OK);
            extract();
            /* The first encapsulation of all builds tables for every later one. */
            encapsulate();
        }
        if (operations[i].needs >= 2) {
            load();
        }
        if (operations[i].needs == 3)
            EXPECT(sakke_callee_load(&callee, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms) == STATUS_OK);
        if (operations[i].needs == 4)
            prepare();
        for (int times = atoi(argv[2]); times > 0; times--)
            operations[i].run();
        if (operations[i].run == decapsulate)
            EXPECT_OCTETS(got, ssv);
        sakke_callee_free(callee);
        sakke_receiver_key_free(receiver);
        sakke_kms_key_free(kms);
        return expect_failures != 0;
    }
    return 2;
}
