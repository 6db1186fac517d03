/* Inside of the loaded keys of SAKKE. Not part of the public face. */
#ifndef SAKKE_KEYS_H
#define SAKKE_KEYS_H

#include "fixed_edwards.h"
#include "pairing_table.h"
#include "sakke.h"

struct sakke_kms_key {
    edwards z_edwards;
    const fixed_edwards *p_table; /* shared by all */
    fixed_edwards z_table;
};

struct sakke_callee {
    size_t identifier_len;
    uint8_t identifier[SAKKE_IDENTIFIER_MOST];
    fixed_edwards s_table;
};

struct sakke_receiver_key {
    int locked;
    size_t identifier_len;
    uint8_t identifier[SAKKE_IDENTIFIER_MOST];
    edwards s;                  /* S = [b]P + Z, public */
    edwards_table s_few;        /* a few of its multiples */
    point k;                    /* the secret */
    fixed_edwards *s_table;     /* NULL until prepared */
    pairing_table *pairing;     /* as secret as k, locked like it; NULL until prepared, or if k is not of this S */
};

/* S = [b]P + Z, what stands for a receiver in all formulas. Public; false if it is neutral. */
ct_mask sakke_receiver_point(
    edwards *s, const uint8_t *identifier, size_t identifier_len, const sakke_kms_key *kms_key);

/* An identifier has 1 to SAKKE_IDENTIFIER_MOST octets. */
int sakke_identifier_fits(size_t identifier_len);

#endif
