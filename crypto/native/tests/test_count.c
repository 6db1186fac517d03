/* What each operation costs in Montgomery multiplications: Meq = M + S + (mulw + redc) / 2, where mulw is a product
 * of 32 words and redc its reduction. Built with -DFP_COUNT; additions and hashing are not counted. */
#include "expect.h"
#include "fp_backend.h"
#include "sakke.h"
#include "vectors.h"

static sakke_kms_key *kms;
static sakke_receiver_key *receiver;
static sakke_callee *callee;

static void load_kms_key(void)
{
    EXPECT(sakke_kms_key_load(&kms, SAKKE_Z, sizeof SAKKE_Z) == STATUS_OK);
}

static void validate_rsk(void)
{
    EXPECT(
        sakke_validate_rsk(SAKKE_RSK, sizeof SAKKE_RSK, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms) == STATUS_OK);
}

static void load_receiver_key(void)
{
    EXPECT(sakke_receiver_key_load(
               &receiver, SAKKE_RSK, sizeof SAKKE_RSK, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
}

static void encapsulate(void)
{
    uint8_t sed[SAKKE_SED_OCTETS];
    EXPECT(sakke_encapsulate(
               sed, sizeof sed, SAKKE_SSV, sizeof SAKKE_SSV, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms)
        == STATUS_OK);
    EXPECT_OCTETS(sed, SAKKE_SED);
}

static void load_callee(void)
{
    EXPECT(sakke_callee_load(&callee, SAKKE_IDENTIFIER, sizeof SAKKE_IDENTIFIER, kms) == STATUS_OK);
}

static void encapsulate_to(void)
{
    uint8_t sed[SAKKE_SED_OCTETS];
    EXPECT(sakke_encapsulate_to(sed, sizeof sed, SAKKE_SSV, sizeof SAKKE_SSV, callee) == STATUS_OK);
    EXPECT_OCTETS(sed, SAKKE_SED);
}

static void prepare_receiver_key(void)
{
    EXPECT(sakke_receiver_key_prepare(receiver) == STATUS_OK);
}

static void decapsulate(void)
{
    uint8_t ssv[SAKKE_SSV_OCTETS];
    EXPECT(sakke_decapsulate(ssv, sizeof ssv, SAKKE_SED, sizeof SAKKE_SED, receiver) == STATUS_OK);
    EXPECT_OCTETS(ssv, SAKKE_SSV);
}

static void extract_rsk(void)
{
    uint8_t rsk[SAKKE_POINT_OCTETS];
    EXPECT(sakke_extract_rsk(rsk, sizeof rsk, SAKKE_MASTER_SECRET, sizeof SAKKE_MASTER_SECRET, SAKKE_IDENTIFIER,
               sizeof SAKKE_IDENTIFIER)
        == STATUS_OK);
    EXPECT_OCTETS(rsk, SAKKE_RSK);
}

int main(void)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } operations[] = {
        { "load KMS public key", load_kms_key },
        { "validate RSK", validate_rsk },
        { "load receiver key", load_receiver_key },
        { "first encapsulation of all", encapsulate },
        { "encapsulate, new callee", encapsulate },
        { "load callee", load_callee },
        { "encapsulate, known callee", encapsulate_to },
        { "decapsulate, no tables", decapsulate },
        { "prepare receiver key", prepare_receiver_key },
        { "decapsulate", decapsulate },
        { "extract RSK", extract_rsk },
    };
    printf("%-26s %10s %10s %10s %10s %10s\n", "", "M", "S", "mulw", "redc", "Meq");
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        fp_counted = (fp_count) { 0 };
        operations[i].run();
        fp_count c = fp_counted;
        printf("%-26s %10llu %10llu %10llu %10llu %10llu\n", operations[i].name, (unsigned long long)c.mul,
            (unsigned long long)c.sqr, (unsigned long long)c.mul_wide, (unsigned long long)c.redc,
            (unsigned long long)(c.mul + c.sqr + (c.mul_wide + c.redc + 1) / 2));
    }
    sakke_callee_free(callee);
    sakke_receiver_key_free(receiver);
    sakke_kms_key_free(kms);
    return expect_report("count");
}
