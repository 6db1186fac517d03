/* libcrypto, with the functions that 3.0 deprecates: EC_POINTs_mul is the only three-term sum there is, and a
 * SHA256_CTX is a state that we own and can wipe. */
#ifndef LIBCRYPTO_H
#define LIBCRYPTO_H

#define OPENSSL_API_COMPAT 0x10100000L

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <openssl/sha.h>

#endif
