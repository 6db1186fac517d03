/* What the core leaves on the stack: each operation runs on a stack of our own, which is then searched for its
 * secrets in every form in which the core holds them. */
#define _DEFAULT_SOURCE
#include <pthread.h>
#include <stdlib.h>

#include "eccsi.h"
#include "expect.h"
#include "fp.h"
#include "fq.h"
#include "p256.h"
#include "sakke.h"
#include "vectors.h"

#define STACK_OCTETS (1 << 20)

static uint8_t *stack;

static void run_on_the_stack(void *(*operation)(void *))
{
    pthread_t thread;
    pthread_attr_t attributes;
    memset(stack, 0, STACK_OCTETS);
    EXPECT(pthread_attr_init(&attributes) == 0);
    EXPECT(pthread_attr_setstack(&attributes, stack, STACK_OCTETS) == 0);
    EXPECT(pthread_create(&thread, &attributes, operation, NULL) == 0);
    EXPECT(pthread_join(thread, NULL) == 0);
    EXPECT(pthread_attr_destroy(&attributes) == 0);
}

static int left(const void *secret, size_t len)
{
    /* Words and octets alike: every alignment is looked at. */
    for (size_t i = 0; i + len <= STACK_OCTETS; i++)
        if (memcmp(stack + i, secret, len) == 0)
            return 1;
    return 0;
}

/* Octets; the words of the number; the words of its Montgomery form. Half of each would be enough for a find. */
static int left_in_any_form(const uint8_t number[FP_OCTETS])
{
    fp montgomery;
    uint64_t plain[FP_WORDS];
    limbs_from_octets(plain, number, FP_WORDS);
    (void)fp_from_octets(&montgomery, number, FP_OCTETS);
    return left(number + 64, 64) || left(plain, 64) || left(&montgomery, 64);
}

static int p256_left_in_any_form(const uint8_t number[P256_OCTETS])
{
    uint64_t plain[P256_WORDS];
    limbs_from_octets(plain, number, P256_WORDS);
    return left(number, P256_OCTETS) || left(plain, sizeof plain);
}

static sakke_kms_key *kms;
static sakke_receiver_key *receiver;
static sakke_callee *callee;
static uint8_t output[SAKKE_SED_OCTETS], pvt[ECCSI_POINT_OCTETS];

static void *careless(void *unused)
{
    /* Deep enough that the end of the thread does not write over it. */
    volatile uint8_t copy[8192];
    for (size_t i = 0; i < sizeof SAKKE_R_SCALAR; i++)
        copy[i] = SAKKE_R_SCALAR[i];
    EXPECT(copy[0] == SAKKE_R_SCALAR[0]);
    return unused;
}

static void *encapsulate(void *unused)
{
    EXPECT(sakke_encapsulate(output, SAKKE_SED_OCTETS, SAKKE_SSV, sizeof SAKKE_SSV, SAKKE_IDENTIFIER,
               sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    return unused;
}

static void *encapsulate_to(void *unused)
{
    EXPECT(sakke_encapsulate_to(output, SAKKE_SED_OCTETS, SAKKE_SSV, sizeof SAKKE_SSV, callee) == STATUS_OK);
    return unused;
}

static void *decapsulate(void *unused)
{
    EXPECT(sakke_decapsulate(output, SAKKE_SSV_OCTETS, SAKKE_SED, sizeof SAKKE_SED, receiver) == STATUS_OK);
    return unused;
}

static void *decapsulate_a_wrong_hint(void *unused)
{
    static uint8_t sed[SAKKE_SED_OCTETS];
    memcpy(sed, SAKKE_SED, sizeof sed);
    sed[SAKKE_SED_OCTETS - 1] ^= 1;
    EXPECT(sakke_decapsulate(output, SAKKE_SSV_OCTETS, sed, sizeof sed, receiver) == STATUS_REJECTED);
    return unused;
}

static void *load_and_validate(void *unused)
{
    sakke_receiver_key *key = NULL;
    EXPECT(
        sakke_validate_rsk(SAKKE_RSK, sizeof SAKKE_RSK, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms) == STATUS_OK);
    EXPECT(
        sakke_receiver_key_load(&key, SAKKE_RSK, sizeof SAKKE_RSK, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    EXPECT(sakke_receiver_key_prepare(key) == STATUS_OK);
    sakke_receiver_key_free(key);
    return unused;
}

static void *extract_rsk(void *unused)
{
    EXPECT(sakke_extract_rsk(output, SAKKE_POINT_OCTETS, SAKKE_MASTER_SECRET, sizeof SAKKE_MASTER_SECRET,
               SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER)
        == STATUS_OK);
    return unused;
}

static void *extract_ssk(void *unused)
{
    EXPECT(eccsi_extract_ssk(output, ECCSI_SCALAR_OCTETS, pvt, sizeof pvt, ECCSI_SSK, sizeof ECCSI_SSK,
               ECCSI_IDENTIFIER, sizeof ECCSI_IDENTIFIER, ECCSI_HS, sizeof ECCSI_HS)
        == STATUS_OK);
    return unused;
}

static void *sign(void *unused)
{
    EXPECT(eccsi_sign_with_j(output, ECCSI_SIGNATURE_OCTETS, ECCSI_M, sizeof ECCSI_M, ECCSI_SSK, sizeof ECCSI_SSK,
               ECCSI_PVT, sizeof ECCSI_PVT, ECCSI_IDENTIFIER, sizeof ECCSI_IDENTIFIER, ECCSI_KPAK,
               sizeof ECCSI_KPAK, ECCSI_HE, sizeof ECCSI_HE)
        == STATUS_OK);
    return unused;
}

int main(void)
{
    /* w = g^r here, as the data is the RFC's. */
    const uint8_t *k_x = SAKKE_RSK + 1, *k_y = SAKKE_RSK + 1 + FP_OCTETS;
    stack = aligned_alloc(4096, STACK_OCTETS);
    EXPECT(stack != NULL);
    EXPECT(sakke_kms_key_load(&kms, SAKKE_Z, sizeof SAKKE_Z) == STATUS_OK);
    EXPECT(sakke_receiver_key_load(
               &receiver, SAKKE_RSK, sizeof SAKKE_RSK, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    EXPECT(sakke_callee_load(&callee, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms) == STATUS_OK);

    /* First that the search finds what is left by a function that does not care. */
    run_on_the_stack(careless);
    EXPECT(left_in_any_form(SAKKE_R_SCALAR));

    run_on_the_stack(encapsulate);
    EXPECT(!left_in_any_form(SAKKE_R_SCALAR));
    EXPECT(!left_in_any_form(SAKKE_G_TO_R));
    EXPECT(!left(SAKKE_MASK, sizeof SAKKE_MASK));
    EXPECT(!left(SAKKE_SSV, sizeof SAKKE_SSV));

    run_on_the_stack(encapsulate_to);
    EXPECT(!left_in_any_form(SAKKE_R_SCALAR));
    EXPECT(!left_in_any_form(SAKKE_G_TO_R));
    EXPECT(!left(SAKKE_MASK, sizeof SAKKE_MASK));
    EXPECT(!left(SAKKE_SSV, sizeof SAKKE_SSV));

    /* Without tables, and with. */
    for (int prepared = 0; prepared < 2; prepared++) {
        run_on_the_stack(decapsulate);
        EXPECT(memcmp(output, SAKKE_SSV, SAKKE_SSV_OCTETS) == 0);
        EXPECT(!left_in_any_form(SAKKE_R_SCALAR));
        EXPECT(!left_in_any_form(SAKKE_G_TO_R));
        EXPECT(!left_in_any_form(k_x));
        EXPECT(!left_in_any_form(k_y));
        EXPECT(!left(SAKKE_MASK, sizeof SAKKE_MASK));
        EXPECT(!left(SAKKE_SSV, sizeof SAKKE_SSV));
        EXPECT(sakke_receiver_key_prepare(receiver) == STATUS_OK);
    }

    run_on_the_stack(decapsulate_a_wrong_hint);
    EXPECT(!left_in_any_form(SAKKE_G_TO_R));
    EXPECT(!left_in_any_form(k_x));
    EXPECT(!left(SAKKE_MASK, sizeof SAKKE_MASK));

    run_on_the_stack(load_and_validate);
    EXPECT(!left_in_any_form(k_x));
    EXPECT(!left_in_any_form(k_y));

    run_on_the_stack(extract_rsk);
    EXPECT(memcmp(output, SAKKE_RSK, sizeof SAKKE_RSK) == 0);
    /* z of the RFC has 160 bits: its octets and words end in zeros that prove nothing, so look at those 20. */
    EXPECT(!left(SAKKE_MASTER_SECRET + FP_OCTETS - 20, 20));
    uint64_t z[FQ_WORDS];
    limbs_from_octets(z, SAKKE_MASTER_SECRET, FQ_WORDS);
    EXPECT(!left(z, 16));
    EXPECT(!left_in_any_form(k_x));
    EXPECT(!left_in_any_form(k_y));

    /* The RFC's own scalars have 20 bits and would be found by chance; other numbers of 256 bits stand in. */
    run_on_the_stack(extract_ssk);
    EXPECT(!p256_left_in_any_form(ECCSI_SSK));
    EXPECT(!p256_left_in_any_form(ECCSI_HS));
    EXPECT(!p256_left_in_any_form(output));

    run_on_the_stack(sign);
    EXPECT(!p256_left_in_any_form(ECCSI_SSK));
    EXPECT(!p256_left_in_any_form(ECCSI_HE));

    sakke_callee_free(callee);
    sakke_receiver_key_free(receiver);
    sakke_kms_key_free(kms);
    free(stack);
    return expect_report("wipe");
}
