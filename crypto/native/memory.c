/* Pages that are locked while they live and zero before they die. */
#define _DEFAULT_SOURCE
#include "memory.h"

#include <pthread.h>
#include <sys/mman.h>

#include "ct.h"

/* Stands before what is given out, so that all that is alive can be wiped at exit. */
typedef struct secret_pages {
    struct secret_pages *next, *previous;
    size_t len;
} secret_pages;

#define HEAD 64 /* a cache line, enough for secret_pages */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static secret_pages *alive;

void *memory_take(size_t len, int *locked)
{
    void *mapped = mmap(NULL, HEAD + len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED)
        return NULL;
    *locked = mlock(mapped, HEAD + len) == 0;
#ifdef MADV_DONTDUMP
    (void)madvise(mapped, HEAD + len, MADV_DONTDUMP);
#endif
    secret_pages *pages = mapped;
    pages->len = len;
    (void)pthread_mutex_lock(&lock);
    pages->next = alive;
    if (alive != NULL)
        alive->previous = pages;
    alive = pages;
    (void)pthread_mutex_unlock(&lock);
    return (uint8_t *)mapped + HEAD;
}

void memory_give_back(void *secret, size_t len)
{
    if (secret == NULL)
        return;
    ct_wipe(secret, len);
    void *mapped = (uint8_t *)secret - HEAD;
    secret_pages *pages = mapped;
    (void)pthread_mutex_lock(&lock);
    if (pages->next != NULL)
        pages->next->previous = pages->previous;
    if (pages->previous != NULL)
        pages->previous->next = pages->next;
    else
        alive = pages->next;
    (void)pthread_mutex_unlock(&lock);
    (void)munlock(mapped, HEAD + len);
    (void)munmap(mapped, HEAD + len);
}

void memory_wipe_all(void)
{
    (void)pthread_mutex_lock(&lock);
    for (secret_pages *pages = alive; pages != NULL; pages = pages->next)
        ct_wipe((uint8_t *)pages + HEAD, pages->len);
    (void)pthread_mutex_unlock(&lock);
}

/* Not given back: a thread that is still at work shall find zeros, not a hole. */
__attribute__((destructor)) static void memory_end(void)
{
    memory_wipe_all();
}
