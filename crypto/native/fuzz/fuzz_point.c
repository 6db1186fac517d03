/* Any octets as a point: nothing but a clean answer, and what is accepted comes back the same. */
#include <stdlib.h>
#include <string.h>

#include "backends.h"
#include "p256.h"
#include "sakke.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Also without assertions: a law that does not hold is a crash. */
#define MUST(truth)                                                            \
    do {                                                                       \
        if (!(truth))                                                          \
            abort();                                                           \
    } while (0)

static void a_full_point(const uint8_t *data, size_t size)
{
    uint8_t compressed[SAKKE_COMPRESSED_OCTETS], back[SAKKE_POINT_OCTETS];
    enum status status = sakke_compress_point(compressed, sizeof compressed, data, size);
    if (size != SAKKE_POINT_OCTETS) {
        MUST(status == STATUS_BAD_LENGTH);
    } else if (status == STATUS_OK) {
        MUST(data[0] == 0x04);
        MUST(sakke_decompress_point(back, sizeof back, compressed, sizeof compressed) == STATUS_OK);
        MUST(memcmp(back, data, sizeof back) == 0);
    } else {
        MUST(status == STATUS_INVALID_KEY);
        for (size_t i = 0; i < sizeof compressed; i++)
            MUST(compressed[i] == 0);
    }
}

static void a_compressed_point(const uint8_t *data, size_t size)
{
    uint8_t full[SAKKE_POINT_OCTETS], back[SAKKE_COMPRESSED_OCTETS];
    enum status status = sakke_decompress_point(full, sizeof full, data, size);
    if (size != SAKKE_COMPRESSED_OCTETS) {
        MUST(status == STATUS_BAD_LENGTH);
    } else if (status == STATUS_OK) {
        MUST(sakke_compress_point(back, sizeof back, full, sizeof full) == STATUS_OK);
        MUST(memcmp(back, data, sizeof back) == 0);
        /* Of the points on the curve one in four has order q; as a KMS key only those are taken. */
        sakke_kms_key *key;
        status = sakke_kms_key_load(&key, full, sizeof full);
        MUST(status == STATUS_OK || status == STATUS_INVALID_KEY);
        MUST((status == STATUS_OK) == (key != NULL));
        sakke_kms_key_free(key);
    } else {
        MUST(status == STATUS_INVALID_KEY);
        for (size_t i = 0; i < sizeof full; i++)
            MUST(full[i] == 0);
    }
}

static void a_point_of_p256(const uint8_t *data, size_t size)
{
    uint8_t octets[P256_POINT_OCTETS];
    EC_POINT *a = p256_point_from_octets(data, size, NULL);
    if (a != NULL) {
        MUST(p256_point_to_octets(octets, sizeof octets, a, NULL));
        MUST(size != sizeof octets || memcmp(octets, data, size) == 0);
    }
    MUST(ERR_peek_error() == 0);
    EC_POINT_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t position = 0;
    while (backend_next(&position) != NULL) {
        a_full_point(data, size);
        a_compressed_point(data, size);
    }
    if (size > 0)
        a_point_of_p256(data, size);
    return 0;
}
