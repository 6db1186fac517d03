/* Every value of RFC 6507, 6508 and 6509 that the core computes, and inputs that it must refuse. */
#include "backends.h"
#include "eccsi.h"
#include "eccsi_hash.h"
#include "expect.h"
#include "htir.h"
#include "pairing.h"
#include "pf.h"
#include "sakke.h"
#include "vectors.h"

static void sakke_recomputes_rfc_6508_appendix_a(void)
{
    uint8_t public_key[SAKKE_POINT_OCTETS], rsk[SAKKE_POINT_OCTETS], sed[SAKKE_SED_OCTETS], ssv[SAKKE_SSV_OCTETS];
    sakke_kms_key *kms = NULL;
    sakke_receiver_key *receiver = NULL;
    EXPECT(sakke_kms_public_key(public_key, sizeof public_key, SAKKE_MASTER_SECRET, sizeof SAKKE_MASTER_SECRET)
        == STATUS_OK);
    EXPECT_OCTETS(public_key, SAKKE_Z);
    EXPECT(sakke_extract_rsk(rsk, sizeof rsk, SAKKE_MASTER_SECRET, sizeof SAKKE_MASTER_SECRET, SAKKE_IDENTIFIER,
               sizeof SAKKE_IDENTIFIER)
        == STATUS_OK);
    EXPECT_OCTETS(rsk, SAKKE_RSK);
    EXPECT(sakke_kms_key_load(&kms, SAKKE_Z, sizeof SAKKE_Z) == STATUS_OK);
    EXPECT(
        sakke_validate_rsk(SAKKE_RSK, sizeof SAKKE_RSK, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms) == STATUS_OK);
    EXPECT(sakke_encapsulate(
               sed, sizeof sed, SAKKE_SSV, sizeof SAKKE_SSV, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    EXPECT_OCTETS(sed, SAKKE_SED);
    EXPECT(sakke_receiver_key_load(
               &receiver, SAKKE_RSK, sizeof SAKKE_RSK, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    /* Without tables, and with. */
    EXPECT(sakke_decapsulate(ssv, sizeof ssv, SAKKE_SED, sizeof SAKKE_SED, receiver) == STATUS_OK);
    EXPECT_OCTETS(ssv, SAKKE_SSV);
    for (int twice = 0; twice < 2; twice++) {
        EXPECT(sakke_receiver_key_prepare(receiver) == STATUS_OK);
        memset(ssv, 0, sizeof ssv);
        EXPECT(sakke_decapsulate(ssv, sizeof ssv, SAKKE_SED, sizeof SAKKE_SED, receiver) == STATUS_OK);
        EXPECT_OCTETS(ssv, SAKKE_SSV);
    }
    sakke_callee *callee = NULL;
    EXPECT(sakke_callee_load(&callee, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms) == STATUS_OK);
    memset(sed, 0, sizeof sed);
    EXPECT(sakke_encapsulate_to(sed, sizeof sed, SAKKE_SSV, sizeof SAKKE_SSV, callee) == STATUS_OK);
    EXPECT_OCTETS(sed, SAKKE_SED);
    sakke_callee_free(callee);
    sakke_receiver_key_free(receiver);
    sakke_kms_key_free(kms);
}

static void sakke_recomputes_the_inner_values(void)
{
    fq r, expected;
    pf power;
    point big_r, k;
    uint8_t octets[FP_OCTETS], mask[SAKKE_SSV_OCTETS];
    htir_scalar(&r, SAKKE_SSV, sizeof SAKKE_SSV, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER);
    EXPECT(fq_from_octets(&expected, SAKKE_R_SCALAR, sizeof SAKKE_R_SCALAR));
    EXPECT(memcmp(&r, &expected, sizeof r) == 0);
    pf_power_of_g(&power, &r);
    pf_to_octets(octets, sizeof octets, &power);
    EXPECT_OCTETS(octets, SAKKE_G_TO_R);
    htir_mask(mask, sizeof mask, octets, sizeof octets);
    EXPECT_OCTETS(mask, SAKKE_MASK);
    /* w = <R, K> = <K, R>. */
    EXPECT(point_from_octets(&big_r, SAKKE_R, sizeof SAKKE_R));
    EXPECT(point_from_octets(&k, SAKKE_RSK, sizeof SAKKE_RSK));
    EXPECT(pairing_compute(&power, &big_r, &k));
    pf_to_octets(octets, sizeof octets, &power);
    EXPECT_OCTETS(octets, SAKKE_G_TO_R);
    EXPECT(pairing_compute(&power, &k, &big_r));
    pf_to_octets(octets, sizeof octets, &power);
    EXPECT_OCTETS(octets, SAKKE_G_TO_R);
    /* <P, P> = g. */
    EXPECT(pairing_compute(&power, &POINT_P, &POINT_P));
    EXPECT(pf_is_g(&power));
}

static void sakke_refuses_what_is_wrong(void)
{
    uint8_t sed[SAKKE_SED_OCTETS], ssv[SAKKE_SSV_OCTETS], rsk[SAKKE_POINT_OCTETS], id[sizeof SAKKE_IDENTIFIER];
    static const uint8_t nothing[SAKKE_SSV_OCTETS];
    sakke_kms_key *kms = NULL, *none = NULL;
    sakke_receiver_key *receiver = NULL;
    EXPECT(sakke_kms_key_load(&kms, SAKKE_Z, sizeof SAKKE_Z) == STATUS_OK);
    EXPECT(sakke_kms_key_load(&none, SAKKE_Z, sizeof SAKKE_Z - 1) == STATUS_BAD_LENGTH);
    EXPECT(sakke_receiver_key_load(
               &receiver, SAKKE_RSK, sizeof SAKKE_RSK, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    static const size_t places[] = { 0, 1, 128, 129, 256, 257, 272 };
    for (int prepared = 0; prepared < 2; prepared++) {
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            memcpy(sed, SAKKE_SED, sizeof sed);
            memset(ssv, 0xff, sizeof ssv);
            sed[places[i]] ^= 1;
            EXPECT(sakke_decapsulate(ssv, sizeof ssv, sed, sizeof sed, receiver) == STATUS_REJECTED);
            EXPECT_OCTETS(ssv, nothing);
        }
        EXPECT(
            sakke_decapsulate(ssv, sizeof ssv, SAKKE_SED, sizeof SAKKE_SED - 1, receiver) == STATUS_REJECTED);
        /* R = (0, 0), of order 2, is on the curve: TEST must refuse it. */
        memset(sed, 0, sizeof sed);
        sed[0] = 4;
        EXPECT(sakke_decapsulate(ssv, sizeof ssv, sed, sizeof sed, receiver) == STATUS_REJECTED);
        EXPECT(sakke_receiver_key_prepare(receiver) == STATUS_OK);
    }
    EXPECT(sakke_kms_key_load(&none, sed, SAKKE_POINT_OCTETS) == STATUS_INVALID_KEY);
    EXPECT(none == NULL);
    /* A key for another identifier, and -K. */
    memcpy(id, SAKKE_IDENTIFIER, sizeof id);
    id[3] ^= 1;
    EXPECT(sakke_validate_rsk(SAKKE_RSK, sizeof SAKKE_RSK, id, sizeof id, kms) == STATUS_INVALID_KEY);
    EXPECT(sakke_validate_rsk(SAKKE_Z, sizeof SAKKE_Z, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_INVALID_KEY);
    /* Keys that do not fit get no tables, and still reject: for another identifier, and of order 2. */
    sakke_receiver_key *foreign = NULL;
    EXPECT(sakke_receiver_key_load(&foreign, SAKKE_RSK, sizeof SAKKE_RSK, id, sizeof id, kms) == STATUS_OK);
    EXPECT(sakke_receiver_key_prepare(foreign) == STATUS_INVALID_KEY);
    EXPECT(sakke_decapsulate(ssv, sizeof ssv, SAKKE_SED, sizeof SAKKE_SED, foreign) == STATUS_REJECTED);
    sakke_receiver_key_free(foreign);
    EXPECT(sakke_receiver_key_load(
               &foreign, sed, SAKKE_POINT_OCTETS, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    EXPECT(sakke_receiver_key_prepare(foreign) == STATUS_INVALID_KEY);
    EXPECT(sakke_decapsulate(ssv, sizeof ssv, SAKKE_SED, sizeof SAKKE_SED, foreign) == STATUS_REJECTED);
    sakke_receiver_key_free(foreign);
    sakke_callee *callee = NULL;
    EXPECT(sakke_callee_load(&callee, id, 0, kms) == STATUS_BAD_LENGTH);
    EXPECT(callee == NULL);
    EXPECT(sakke_callee_load(&callee, id, sizeof id, kms) == STATUS_OK);
    EXPECT(sakke_encapsulate_to(sed, sizeof sed - 1, SAKKE_SSV, sizeof SAKKE_SSV, callee) == STATUS_BAD_LENGTH);
    EXPECT(sakke_encapsulate_to(sed, sizeof sed, SAKKE_SSV, sizeof SAKKE_SSV, callee) == STATUS_OK);
    EXPECT(memcmp(sed, SAKKE_SED, sizeof sed) != 0);
    sakke_callee_free(callee);
    sakke_callee_free(NULL);
    memcpy(rsk, SAKKE_RSK, sizeof rsk);
    rsk[200] ^= 1;
    EXPECT(sakke_validate_rsk(rsk, sizeof rsk, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_INVALID_KEY);
    sakke_receiver_key_free(receiver);
    sakke_receiver_key_free(NULL);
    sakke_kms_key_free(kms);
}

static void points_compress_and_come_back(void)
{
    uint8_t compressed[SAKKE_COMPRESSED_OCTETS], octets[SAKKE_POINT_OCTETS], small[ECCSI_COMPRESSED_OCTETS],
        p256[ECCSI_POINT_OCTETS];
    EXPECT(sakke_compress_point(compressed, sizeof compressed, SAKKE_Z, sizeof SAKKE_Z) == STATUS_OK);
    EXPECT(sakke_decompress_point(octets, sizeof octets, compressed, sizeof compressed) == STATUS_OK);
    EXPECT_OCTETS(octets, SAKKE_Z);
    compressed[0] ^= 1;
    EXPECT(sakke_decompress_point(octets, sizeof octets, compressed, sizeof compressed) == STATUS_OK);
    EXPECT(memcmp(octets, SAKKE_Z, sizeof octets) != 0);
    compressed[0] = 4;
    EXPECT(sakke_decompress_point(octets, sizeof octets, compressed, sizeof compressed) == STATUS_INVALID_KEY);
    /* x = 0 gives y = 0, which has an even form only. */
    memset(compressed, 0, sizeof compressed);
    compressed[0] = 2;
    EXPECT(sakke_decompress_point(octets, sizeof octets, compressed, sizeof compressed) == STATUS_OK);
    compressed[0] = 3;
    EXPECT(sakke_decompress_point(octets, sizeof octets, compressed, sizeof compressed) == STATUS_INVALID_KEY);
    EXPECT(eccsi_compress_point(small, sizeof small, ECCSI_PVT, sizeof ECCSI_PVT) == STATUS_OK);
    EXPECT(eccsi_decompress_point(p256, sizeof p256, small, sizeof small) == STATUS_OK);
    EXPECT_OCTETS(p256, ECCSI_PVT);
}

static void eccsi_recomputes_rfc_6507_appendix_a(void)
{
    uint8_t kpak[ECCSI_POINT_OCTETS], ssk[ECCSI_SCALAR_OCTETS], pvt[ECCSI_POINT_OCTETS],
        signature[ECCSI_SIGNATURE_OCTETS], hash[ECCSI_HASH_OCTETS];
    EXPECT(eccsi_kms_public_key(kpak, sizeof kpak, ECCSI_KSAK, sizeof ECCSI_KSAK) == STATUS_OK);
    EXPECT_OCTETS(kpak, ECCSI_KPAK);
    EXPECT(eccsi_extract_ssk(ssk, sizeof ssk, pvt, sizeof pvt, ECCSI_KSAK, sizeof ECCSI_KSAK, ECCSI_IDENTIFIER,
               sizeof ECCSI_IDENTIFIER, ECCSI_V, sizeof ECCSI_V)
        == STATUS_OK);
    EXPECT_OCTETS(ssk, ECCSI_SSK);
    EXPECT_OCTETS(pvt, ECCSI_PVT);
    eccsi_hash_hs(hash, ECCSI_KPAK, ECCSI_IDENTIFIER, sizeof ECCSI_IDENTIFIER, ECCSI_PVT);
    EXPECT_OCTETS(hash, ECCSI_HS);
    eccsi_hash_he(hash, ECCSI_HS, ECCSI_R, ECCSI_M, sizeof ECCSI_M);
    EXPECT_OCTETS(hash, ECCSI_HE);
    EXPECT(eccsi_validate_ssk(ECCSI_SSK, sizeof ECCSI_SSK, ECCSI_PVT, sizeof ECCSI_PVT, ECCSI_IDENTIFIER,
               sizeof ECCSI_IDENTIFIER, ECCSI_KPAK, sizeof ECCSI_KPAK)
        == STATUS_OK);
    EXPECT(eccsi_sign_with_j(signature, sizeof signature, ECCSI_M, sizeof ECCSI_M, ECCSI_SSK, sizeof ECCSI_SSK,
               ECCSI_PVT, sizeof ECCSI_PVT, ECCSI_IDENTIFIER, sizeof ECCSI_IDENTIFIER, ECCSI_KPAK,
               sizeof ECCSI_KPAK, ECCSI_J_SCALAR, sizeof ECCSI_J_SCALAR)
        == STATUS_OK);
    EXPECT_OCTETS(signature, ECCSI_SIGNATURE);
    EXPECT(eccsi_verify(ECCSI_SIGNATURE, sizeof ECCSI_SIGNATURE, ECCSI_M, sizeof ECCSI_M, ECCSI_IDENTIFIER,
               sizeof ECCSI_IDENTIFIER, ECCSI_KPAK, sizeof ECCSI_KPAK)
        == STATUS_OK);
}

static enum status eccsi_verify_as(const uint8_t *signature, size_t signature_len)
{
    return eccsi_verify(signature, signature_len, ECCSI_M, sizeof ECCSI_M, ECCSI_IDENTIFIER,
        sizeof ECCSI_IDENTIFIER, ECCSI_KPAK, sizeof ECCSI_KPAK);
}

static void eccsi_knows_a_signer_again(void)
{
    uint8_t hs[ECCSI_HASH_OCTETS], y[ECCSI_POINT_OCTETS], signature[ECCSI_SIGNATURE_OCTETS],
        pvt[ECCSI_POINT_OCTETS];
    EXPECT(eccsi_signer_load(hs, sizeof hs, y, sizeof y, ECCSI_PVT, sizeof ECCSI_PVT, ECCSI_IDENTIFIER,
               sizeof ECCSI_IDENTIFIER, ECCSI_KPAK, sizeof ECCSI_KPAK)
        == STATUS_OK);
    EXPECT_OCTETS(hs, ECCSI_HS);
    EXPECT(eccsi_verify_signer(ECCSI_SIGNATURE, sizeof ECCSI_SIGNATURE, ECCSI_M, sizeof ECCSI_M, hs, sizeof hs, y,
               sizeof y)
        == STATUS_OK);
    for (size_t i = 0; i < 64; i++) {
        memcpy(signature, ECCSI_SIGNATURE, sizeof signature);
        signature[i] ^= 0x10;
        EXPECT(eccsi_verify_signer(signature, sizeof signature, ECCSI_M, sizeof ECCSI_M, hs, sizeof hs, y, sizeof y)
            == STATUS_REJECTED);
    }
    for (size_t half = 0; half < 2; half++) {
        memcpy(signature, ECCSI_SIGNATURE, sizeof signature);
        memset(signature + 32 * half, 0, 32);
        EXPECT(eccsi_verify_signer(signature, sizeof signature, ECCSI_M, sizeof ECCSI_M, hs, sizeof hs, y, sizeof y)
            == STATUS_REJECTED);
    }
    EXPECT(eccsi_verify_signer(ECCSI_SIGNATURE, sizeof ECCSI_SIGNATURE, ECCSI_M, sizeof ECCSI_M - 1, hs, sizeof hs,
               y, sizeof y)
        == STATUS_REJECTED);
    memcpy(pvt, ECCSI_PVT, sizeof pvt);
    pvt[40] ^= 1;
    EXPECT(eccsi_signer_load(hs, sizeof hs, y, sizeof y, pvt, sizeof pvt, ECCSI_IDENTIFIER, sizeof ECCSI_IDENTIFIER,
               ECCSI_KPAK, sizeof ECCSI_KPAK)
        == STATUS_INVALID_KEY);
}

static void eccsi_refuses_what_is_wrong(void)
{
    uint8_t signature[ECCSI_SIGNATURE_OCTETS], ssk[ECCSI_SCALAR_OCTETS];
    for (size_t i = 0; i < sizeof signature; i++) {
        memcpy(signature, ECCSI_SIGNATURE, sizeof signature);
        signature[i] ^= 0x10;
        EXPECT(eccsi_verify_as(signature, sizeof signature) == STATUS_REJECTED);
    }
    EXPECT(eccsi_verify_as(ECCSI_SIGNATURE, sizeof ECCSI_SIGNATURE - 1) == STATUS_REJECTED);
    for (size_t half = 0; half < 2; half++) {
        memcpy(signature, ECCSI_SIGNATURE, sizeof signature);
        memset(signature + 32 * half, 0, 32);
        EXPECT(eccsi_verify_as(signature, sizeof signature) == STATUS_REJECTED);
        memset(signature + 32 * half, 0xff, 32);
        EXPECT(eccsi_verify_as(signature, sizeof signature) == STATUS_REJECTED);
    }
    memcpy(ssk, ECCSI_SSK, sizeof ssk);
    ssk[31] ^= 1;
    EXPECT(eccsi_validate_ssk(ssk, sizeof ssk, ECCSI_PVT, sizeof ECCSI_PVT, ECCSI_IDENTIFIER,
               sizeof ECCSI_IDENTIFIER, ECCSI_KPAK, sizeof ECCSI_KPAK)
        == STATUS_INVALID_KEY);
    memset(ssk, 0, sizeof ssk);
    EXPECT(eccsi_validate_ssk(ssk, sizeof ssk, ECCSI_PVT, sizeof ECCSI_PVT, ECCSI_IDENTIFIER,
               sizeof ECCSI_IDENTIFIER, ECCSI_KPAK, sizeof ECCSI_KPAK)
        == STATUS_INVALID_KEY);
}

int main(void)
{
    size_t position = 0;
    for (const char *name; (name = backend_next(&position)) != NULL;) {
        sakke_recomputes_rfc_6508_appendix_a();
        sakke_recomputes_the_inner_values();
        sakke_refuses_what_is_wrong();
        points_compress_and_come_back();
        printf("vectors: on %s\n", name);
    }
    eccsi_recomputes_rfc_6507_appendix_a();
    eccsi_refuses_what_is_wrong();
    eccsi_knows_a_signer_again();
    return expect_report("vectors");
}
