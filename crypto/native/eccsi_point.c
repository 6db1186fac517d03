/* Compressed points of P-256 (SEC 1 s2.3.3), for what must be short. */
#include "eccsi.h"

#include <string.h>

#include "p256.h"

enum status eccsi_compress_point(
    uint8_t *compressed, size_t compressed_len, const uint8_t *octets, size_t octets_len)
{
    if (compressed_len != ECCSI_COMPRESSED_OCTETS || octets_len != ECCSI_POINT_OCTETS)
        return STATUS_BAD_LENGTH;
    memset(compressed, 0, compressed_len);
    EC_POINT *a = p256_point_from_octets(octets, octets_len, NULL);
    if (a == NULL)
        return STATUS_INVALID_KEY;
    EC_POINT_free(a);
    compressed[0] = (uint8_t)(0x02 | (octets[octets_len - 1] & 1));
    memcpy(compressed + 1, octets + 1, P256_OCTETS);
    return STATUS_OK;
}

enum status eccsi_decompress_point(
    uint8_t *octets, size_t octets_len, const uint8_t *compressed, size_t compressed_len)
{
    if (compressed_len != ECCSI_COMPRESSED_OCTETS || octets_len != ECCSI_POINT_OCTETS)
        return STATUS_BAD_LENGTH;
    memset(octets, 0, octets_len);
    EC_POINT *a = p256_point_from_octets(compressed, compressed_len, NULL);
    if (a == NULL)
        return STATUS_INVALID_KEY;
    int done = p256_point_to_octets(octets, octets_len, a, NULL);
    EC_POINT_free(a);
    return done ? STATUS_OK : STATUS_NO_MEMORY;
}
