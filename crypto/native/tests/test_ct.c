/* Every operation with its secrets marked undefined, under valgrind: memcheck then reports each branch and each
 * address that depends on a secret. Nothing may be reported, except with the argument "planted", which branches
 * on a secret on purpose to show that this check can fail.
 *
 * What is declared public, and so may be branched on, goes through ct_reveal in the code under test. Points of
 * P-256 are libcrypto's: there only the scalar arithmetic is ours, and is what is checked. */
#include <valgrind/memcheck.h>

#include "backends.h"
#include "expect.h"
#include "p256.h"
#include "pairing.h"
#include "sakke.h"
#include "vectors.h"

#define SECRET(object) VALGRIND_MAKE_MEM_UNDEFINED(&(object), sizeof(object))
#define PUBLIC(object) VALGRIND_MAKE_MEM_DEFINED(&(object), sizeof(object))

static void field(void)
{
    /* What the operations of SAKKE may not use, or not on all their operands. */
    fp a = FP_ONE, b = FP_ONE, r, inverse;
    fp_wide t, u;
    fp_acc acc;
    fp_add(&a, &a, &b);
    fp_neg(&b, &a);
    SECRET(a);
    SECRET(b);
    fp_mul_wide(&t, &a, &b);
    fp_sqr_wide(&u, &b);
    fp_wide_sub(&t, &u);
    fp_acc_clear(&acc);
    fp_acc_add(&acc, &t);
    fp_acc_add(&acc, &u);
    fp_acc_redc(&r, &acc, 5);
    fp_redc(&b, &t);
    fp_add(&b, &b, &r);
    fp_sub(&b, &b, &a);
    fp_sqr(&b, &b);
    fp_inv(&r, &b);
    fp_inv_blinded(&inverse, &b);
    fp_sub(&r, &r, &inverse);
    PUBLIC(r);
    EXPECT(fp_is_zero(&r));
}

static void sakke_kms_side(void)
{
    uint8_t z[SAKKE_SCALAR_OCTETS], octets[SAKKE_POINT_OCTETS];
    memcpy(z, SAKKE_MASTER_SECRET, sizeof z);
    SECRET(z);
    enum status status = sakke_kms_public_key(octets, sizeof octets, z, sizeof z);
    PUBLIC(octets);
    EXPECT(status == STATUS_OK);
    EXPECT_OCTETS(octets, SAKKE_Z);
    status = sakke_extract_rsk(octets, sizeof octets, z, sizeof z, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER);
    PUBLIC(octets);
    EXPECT(status == STATUS_OK);
    EXPECT_OCTETS(octets, SAKKE_RSK);
}

static void sakke_phone_side(void)
{
    uint8_t rsk[SAKKE_POINT_OCTETS], ssv[SAKKE_SSV_OCTETS], sed[SAKKE_SED_OCTETS];
    sakke_kms_key *kms = NULL;
    sakke_receiver_key *receiver = NULL;
    EXPECT(sakke_kms_key_load(&kms, SAKKE_Z, sizeof SAKKE_Z) == STATUS_OK);
    memcpy(ssv, SAKKE_SSV, sizeof ssv);
    SECRET(ssv);
    EXPECT(sakke_encapsulate(sed, sizeof sed, ssv, sizeof ssv, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    PUBLIC(sed);
    EXPECT_OCTETS(sed, SAKKE_SED);
    memcpy(rsk, SAKKE_RSK, sizeof rsk);
    SECRET(rsk);
    sakke_callee *callee = NULL;
    memcpy(ssv, SAKKE_SSV, sizeof ssv);
    SECRET(ssv);
    EXPECT(sakke_callee_load(&callee, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms) == STATUS_OK);
    EXPECT(sakke_encapsulate_to(sed, sizeof sed, ssv, sizeof ssv, callee) == STATUS_OK);
    PUBLIC(sed);
    EXPECT_OCTETS(sed, SAKKE_SED);
    sakke_callee_free(callee);
    EXPECT(sakke_validate_rsk(rsk, sizeof rsk, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms) == STATUS_OK);
    EXPECT(sakke_receiver_key_load(
               &receiver, rsk, sizeof rsk, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    /* Without tables; then they are built from the undefined key, and with them. */
    for (int prepared = 0; prepared < 2; prepared++) {
        EXPECT(sakke_decapsulate(ssv, sizeof ssv, sed, sizeof sed, receiver) == STATUS_OK);
        PUBLIC(ssv);
        EXPECT_OCTETS(ssv, SAKKE_SSV);
        EXPECT(sakke_receiver_key_prepare(receiver) == STATUS_OK);
    }
    /* A wrong hint goes the whole way, to a TEST that fails. */
    sed[sizeof sed - 1] ^= 1;
    EXPECT(sakke_decapsulate(ssv, sizeof ssv, sed, sizeof sed, receiver) == STATUS_REJECTED);
    sakke_receiver_key_free(receiver);
    sakke_kms_key_free(kms);
}

static void sakke_points_of_a_card(void)
{
    uint8_t rsk[SAKKE_POINT_OCTETS], compressed[SAKKE_COMPRESSED_OCTETS];
    memcpy(rsk, SAKKE_RSK, sizeof rsk);
    SECRET(rsk);
    EXPECT(sakke_compress_point(compressed, sizeof compressed, rsk, sizeof rsk) == STATUS_OK);
    SECRET(compressed);
    EXPECT(sakke_decompress_point(rsk, sizeof rsk, compressed, sizeof compressed) == STATUS_OK);
    PUBLIC(rsk);
    EXPECT_OCTETS(rsk, SAKKE_RSK);
}

static void eccsi_scalars(void)
{
    /* s = j (HE + r SSK)^-1 as in RFC 6507 s5.2.1. */
    uint8_t ssk[32], j[32], s[32];
    p256_scalar key, nonce, r, he, t;
    memcpy(ssk, ECCSI_SSK, sizeof ssk);
    memcpy(j, ECCSI_J_SCALAR, sizeof j);
    SECRET(ssk);
    SECRET(j);
    EXPECT(ct_reveal(p256_scalar_from_octets(&key, ssk, sizeof ssk)));
    EXPECT(ct_reveal(p256_scalar_from_octets(&nonce, j, sizeof j)));
    p256_scalar_reduce(&r, ECCSI_R, sizeof ECCSI_R);
    p256_scalar_reduce(&he, ECCSI_HE, sizeof ECCSI_HE);
    p256_scalar_mul(&t, &r, &key);
    p256_scalar_add(&t, &t, &he);
    EXPECT(!ct_reveal(p256_scalar_is_zero(&t)));
    p256_scalar_inv(&t, &t);
    p256_scalar_mul(&t, &t, &nonce);
    p256_scalar_to_octets(s, sizeof s, &t);
    PUBLIC(s);
    EXPECT(memcmp(s, ECCSI_SIGNATURE + 32, sizeof s) == 0);
}

/* Not inlined, so that a compiler cannot turn the planted branch into a mask. */
__attribute__((noinline)) static void planted_work(volatile uint64_t *count)
{
    (*count)++;
}

static void planted_branch(void)
{
    volatile uint64_t count = 0;
    fp secret = FP_ONE;
    SECRET(secret);
    fp_sqr(&secret, &secret);
    if (secret.w[0] & 1)
        planted_work(&count);
}

int main(int argc, char **argv)
{
    if (RUNNING_ON_VALGRIND == 0) {
        printf("ct: run this under valgrind (make ct)\n");
        return 1;
    }
    if (argc == 2 && strcmp(argv[1], "planted") == 0) {
        planted_branch();
        return expect_report("ct, planted");
    }
    size_t position = 0, backends = 0;
    for (const char *name; (name = backend_next(&position)) != NULL;) {
        field();
        sakke_kms_side();
        sakke_phone_side();
        sakke_points_of_a_card();
        eccsi_scalars();
        printf("ct: on %s\n", name);
        backends++;
    }
#if defined(__x86_64__) || defined(__aarch64__)
    /* The assembly is not to be passed over because the emulated processor does not say that it can run it. */
    EXPECT(backends == 2);
#endif
    return expect_report("ct");
}
