/* Process CPU time of each operation: median and minimum of interleaved rounds. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <time.h>

#include "eccsi.h"
#include "expect.h"
#include "fp.h"
#include "sakke.h"
#include "vectors.h"

#define ROUNDS 15
#define MULTIPLICATIONS 20000

static sakke_kms_key *kms;
static sakke_receiver_key *receiver;
static sakke_callee *callee;

static void multiply(void)
{
    fp a = FP_ONE;
    fp_add(&a, &a, &a);
    for (int i = 0; i < MULTIPLICATIONS; i++)
        fp_mul(&a, &a, &a);
    EXPECT(!fp_is_zero(&a));
}

static void kms_public_key(void)
{
    uint8_t out[SAKKE_POINT_OCTETS];
    EXPECT(sakke_kms_public_key(out, sizeof out, SAKKE_MASTER_SECRET, sizeof SAKKE_MASTER_SECRET) == STATUS_OK);
}

static void extract_rsk(void)
{
    uint8_t out[SAKKE_POINT_OCTETS];
    EXPECT(sakke_extract_rsk(out, sizeof out, SAKKE_MASTER_SECRET, sizeof SAKKE_MASTER_SECRET, SAKKE_IDENTIFIER,
               sizeof SAKKE_IDENTIFIER)
        == STATUS_OK);
}

static void validate_rsk(void)
{
    EXPECT(
        sakke_validate_rsk(SAKKE_RSK, sizeof SAKKE_RSK, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms) == STATUS_OK);
}

static void kms_key_load(void)
{
    sakke_kms_key *key;
    EXPECT(sakke_kms_key_load(&key, SAKKE_Z, sizeof SAKKE_Z) == STATUS_OK);
    sakke_kms_key_free(key);
}

static void encapsulate(void)
{
    uint8_t out[SAKKE_SED_OCTETS];
    EXPECT(sakke_encapsulate(
               out, sizeof out, SAKKE_SSV, sizeof SAKKE_SSV, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
}

static void load_callee(void)
{
    sakke_callee *loaded;
    EXPECT(sakke_callee_load(&loaded, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms) == STATUS_OK);
    sakke_callee_free(loaded);
}

static void encapsulate_to(void)
{
    uint8_t out[SAKKE_SED_OCTETS];
    EXPECT(sakke_encapsulate_to(out, sizeof out, SAKKE_SSV, sizeof SAKKE_SSV, callee) == STATUS_OK);
}

static void load_receiver_key(void)
{
    sakke_receiver_key *loaded;
    EXPECT(sakke_receiver_key_load(
               &loaded, SAKKE_RSK, sizeof SAKKE_RSK, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    EXPECT(sakke_receiver_key_prepare(loaded) == STATUS_OK);
    sakke_receiver_key_free(loaded);
}

static void decapsulate(void)
{
    uint8_t out[SAKKE_SSV_OCTETS];
    EXPECT(sakke_decapsulate(out, sizeof out, SAKKE_SED, sizeof SAKKE_SED, receiver) == STATUS_OK);
}

static void sign(void)
{
    uint8_t out[ECCSI_SIGNATURE_OCTETS];
    EXPECT(eccsi_sign(out, sizeof out, ECCSI_M, sizeof ECCSI_M, ECCSI_SSK, sizeof ECCSI_SSK, ECCSI_PVT,
               sizeof ECCSI_PVT, ECCSI_IDENTIFIER, sizeof ECCSI_IDENTIFIER, ECCSI_KPAK, sizeof ECCSI_KPAK)
        == STATUS_OK);
}

static void verify(void)
{
    EXPECT(eccsi_verify(ECCSI_SIGNATURE, sizeof ECCSI_SIGNATURE, ECCSI_M, sizeof ECCSI_M, ECCSI_IDENTIFIER,
               sizeof ECCSI_IDENTIFIER, ECCSI_KPAK, sizeof ECCSI_KPAK)
        == STATUS_OK);
}

static double now_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(void)
{
    static const struct {
        const char *name;
        void (*run)(void);
        double times;
    } operations[] = {
        { "field multiplication", multiply, MULTIPLICATIONS },
        { "SAKKE: KMS public key", kms_public_key, 1 },
        { "SAKKE: extract RSK", extract_rsk, 1 },
        { "SAKKE: validate RSK", validate_rsk, 1 },
        { "SAKKE: load KMS public key", kms_key_load, 1 },
        { "SAKKE: load a callee", load_callee, 1 },
        { "SAKKE: load a receiver key", load_receiver_key, 1 },
        { "SAKKE: encapsulate, new", encapsulate, 1 },
        { "SAKKE: encapsulate, known", encapsulate_to, 1 },
        { "SAKKE: decapsulate", decapsulate, 1 },
        { "ECCSI: sign", sign, 1 },
        { "ECCSI: verify", verify, 1 },
    };
    enum { COUNT = sizeof operations / sizeof *operations };
    static double samples[COUNT][ROUNDS];
    EXPECT(sakke_kms_key_load(&kms, SAKKE_Z, sizeof SAKKE_Z) == STATUS_OK);
    EXPECT(sakke_receiver_key_load(
               &receiver, SAKKE_RSK, sizeof SAKKE_RSK, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    EXPECT(sakke_receiver_key_prepare(receiver) == STATUS_OK);
    EXPECT(sakke_callee_load(&callee, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms) == STATUS_OK);
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < COUNT; i++) {
            double start = now_us();
            operations[i].run();
            samples[i][round] = (now_us() - start) / operations[i].times;
        }
    }
    printf("%-28s %12s %12s\n", "microseconds", "median", "minimum");
    for (size_t i = 0; i < COUNT; i++) {
        qsort(samples[i], ROUNDS, sizeof(double), compare);
        printf("%-28s %12.3f %12.3f\n", operations[i].name, samples[i][ROUNDS / 2], samples[i][0]);
    }
    sakke_callee_free(callee);
    sakke_receiver_key_free(receiver);
    sakke_kms_key_free(kms);
    return expect_report("bench");
}
