/* Pages that are locked while they live and zero before they die. */
#define _DEFAULT_SOURCE
#include "memory.h"

#include <sys/mman.h>

#include "ct.h"

void *memory_take(size_t len, int *locked)
{
    void *pages = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED)
        return NULL;
    *locked = mlock(pages, len) == 0;
#ifdef MADV_DONTDUMP
    (void)madvise(pages, len, MADV_DONTDUMP);
#endif
    return pages;
}

void memory_give_back(void *pages, size_t len)
{
    if (pages == NULL)
        return;
    ct_wipe(pages, len);
    (void)munlock(pages, len);
    (void)munmap(pages, len);
}
