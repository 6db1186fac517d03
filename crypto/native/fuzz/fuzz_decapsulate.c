/* Any octets as Encapsulated Data for the receiver of RFC 6508 Appendix A: rejected, or exactly what a sender makes.
 *
 * Octets hardly ever are a point, so there are two readings. If the first octet is even, the rest is the data as it
 * came; if it is odd, the rest is a compressed point and a hint, and so is on the curve half of the time, with
 * any order: such data goes through the pairing. All backends must say the same, with the key's tables and without. */
#include <stdlib.h>
#include <string.h>

#include "backends.h"
#include "sakke.h"
#include "vectors.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(truth)                                                            \
    do {                                                                       \
        if (!(truth))                                                          \
            abort();                                                           \
    } while (0)

static sakke_kms_key *kms;
static sakke_receiver_key *plain, *prepared;

/* The leak check does not look for pointers in the pages of a receiver key. */
static void free_keys(void)
{
    sakke_receiver_key_free(plain);
    sakke_receiver_key_free(prepared);
    sakke_kms_key_free(kms);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    MUST(sakke_kms_key_load(&kms, SAKKE_Z, sizeof SAKKE_Z) == STATUS_OK);
    MUST(
        sakke_receiver_key_load(&plain, SAKKE_RSK, sizeof SAKKE_RSK, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    MUST(sakke_receiver_key_load(
             &prepared, SAKKE_RSK, sizeof SAKKE_RSK, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    MUST(sakke_receiver_key_prepare(prepared) == STATUS_OK);
    MUST(atexit(free_keys) == 0);
    return 0;
}

static void decapsulate(const uint8_t *sed, size_t sed_len, const sakke_receiver_key *receiver)
{
    uint8_t ssv[SAKKE_SSV_OCTETS], back[SAKKE_SED_OCTETS];
    enum status status = sakke_decapsulate(ssv, sizeof ssv, sed, sed_len, receiver);
    if (status == STATUS_OK) {
        MUST(sakke_encapsulate(
                 back, sizeof back, ssv, sizeof ssv, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
            == STATUS_OK);
        MUST(sed_len == sizeof back && memcmp(back, sed, sed_len) == 0);
    } else {
        MUST(status == STATUS_REJECTED);
        for (size_t i = 0; i < sizeof ssv; i++)
            MUST(ssv[i] == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t position = 0;
    uint8_t expanded[SAKKE_SED_OCTETS];
    const uint8_t *sed = data + 1;
    size_t sed_len = size - 1;
    if (size == 0)
        return 0;
    if (data[0] & 1) {
        if (sed_len != SAKKE_COMPRESSED_OCTETS + SAKKE_SSV_OCTETS
            || sakke_decompress_point(expanded, SAKKE_POINT_OCTETS, sed, SAKKE_COMPRESSED_OCTETS) != STATUS_OK)
            return 0;
        memcpy(expanded + SAKKE_POINT_OCTETS, sed + SAKKE_COMPRESSED_OCTETS, SAKKE_SSV_OCTETS);
        sed = expanded;
        sed_len = sizeof expanded;
    }
    while (backend_next(&position) != NULL) {
        decapsulate(sed, sed_len, plain);
        decapsulate(sed, sed_len, prepared);
    }
    return 0;
}
