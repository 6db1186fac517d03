/* What the public functions of the core answer. */
#ifndef STATUS_H
#define STATUS_H

enum status {
    STATUS_OK = 0,
    STATUS_BAD_LENGTH = 1,  /* a buffer of the wrong size */
    STATUS_INVALID_KEY = 2, /* a key that is none, or does not fit (RFC 6508 s6.1.2, RFC 6507 s5.1.2) */
    STATUS_REJECTED = 3,    /* encapsulated data or a signature; nothing is said about why */
    STATUS_NO_MEMORY = 4,
    STATUS_NO_RANDOM = 5
};

#endif
