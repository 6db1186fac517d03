/* Inside of the loaded keys of SAKKE. Not part of the public face. */
#ifndef SAKKE_KEYS_H
#define SAKKE_KEYS_H

#include "edwards.h"
#include "sakke.h"

struct sakke_kms_key {
    point z;
    edwards z_edwards;
    edwards_table p_table;
};

struct sakke_receiver_key {
    int locked;
    size_t identifier_len;
    uint8_t identifier[SAKKE_IDENTIFIER_MOST];
    edwards_table s_table; /* multiples of S = [b]P + Z, public */
    point k;               /* the secret */
};

/* S = [b]P + Z, what stands for a receiver in all formulas. Public; false if it is neutral. */
ct_mask sakke_receiver_point(
    edwards *s, const uint8_t *identifier, size_t identifier_len, const sakke_kms_key *kms_key);

/* An identifier has 1 to SAKKE_IDENTIFIER_MOST octets. */
int sakke_identifier_fits(size_t identifier_len);

#endif
