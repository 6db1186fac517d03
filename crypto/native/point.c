/* Points as octets (RFC 6508 s4) and the checks that a received point must pass. */
#include "point.h"

#include "constants.h"

const point POINT_P = { { POINT_P_X_MONT }, { POINT_P_Y_MONT } };

/* r = x^3 - 3x. */
static void point_right_side(fp *r, const fp *x)
{
    fp square, three;
    fp_add(&three, &FP_ONE, &FP_ONE);
    fp_add(&three, &three, &FP_ONE);
    fp_sqr(&square, x);
    fp_sub(&square, &square, &three);
    fp_mul(r, &square, x);
    ct_wipe(&square, sizeof square);
}

ct_mask point_from_octets(point *r, const uint8_t *octets, size_t len)
{
    if (len != POINT_OCTETS)
        return 0;
    ct_mask valid = ct_is_equal(octets[0], 0x04);
    valid &= fp_from_octets(&r->x, octets + 1, FP_OCTETS);
    valid &= fp_from_octets(&r->y, octets + 1 + FP_OCTETS, FP_OCTETS);
    fp left, right;
    fp_sqr(&left, &r->y);
    point_right_side(&right, &r->x);
    valid &= fp_equal(&left, &right);
    ct_wipe(&left, sizeof left);
    ct_wipe(&right, sizeof right);
    return valid;
}

void point_to_octets(uint8_t *octets, size_t len, const point *a)
{
    if (len != POINT_OCTETS)
        return;
    octets[0] = 0x04;
    fp_to_octets(octets + 1, FP_OCTETS, &a->x);
    fp_to_octets(octets + 1 + FP_OCTETS, FP_OCTETS, &a->y);
}

void point_compress(uint8_t *octets, size_t len, const point *a)
{
    if (len != POINT_COMPRESSED_OCTETS)
        return;
    octets[0] = (uint8_t)(0x02 | fp_parity(&a->y));
    fp_to_octets(octets + 1, FP_OCTETS, &a->x);
}

ct_mask point_decompress(point *r, const uint8_t *octets, size_t len)
{
    if (len != POINT_COMPRESSED_OCTETS)
        return 0;
    ct_mask valid = ct_is_equal(octets[0] & 0xfe, 0x02);
    valid &= fp_from_octets(&r->x, octets + 1, FP_OCTETS);
    fp right, square, negative;
    point_right_side(&right, &r->x);
    fp_sqrt(&r->y, &right);
    fp_sqr(&square, &r->y);
    valid &= fp_equal(&square, &right);
    fp_neg(&negative, &r->y);
    uint64_t wanted = octets[0] & 1;
    fp_select(&r->y, ct_is_equal(fp_parity(&r->y), wanted), &r->y, &negative);
    /* y = 0 has no odd form. */
    valid &= ct_is_equal(fp_parity(&r->y), wanted);
    ct_wipe(&right, sizeof right);
    ct_wipe(&square, sizeof square);
    ct_wipe(&negative, sizeof negative);
    return valid;
}
