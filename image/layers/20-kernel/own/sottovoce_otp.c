// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/vcio, as far as a phone needs it: the keys in a Raspberry Pi's one-time-programmable memory are read.
 *
 *     ioctl(IOCTL_MBOX_PROPERTY, message)  ->  here  ->  GET_PRIVATE_KEY or GET_CUSTOMER_OTP
 *
 * Raspberry Pi's own kernel passes every message of root's on to the firmware under this name; Debian's has no
 * such file. Here only these two questions pass, in the one form in which board/pi_secret.py asks them.
 * Nothing is written, nothing else is asked, and no copy of an answer stays.
 */
#include <linux/fs.h>
#include <linux/ioctl.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "firmware.h"

/* Eight octets of an address, whatever the size of the message that lies there. */
#define PROPERTY _IOWR(100, 0, char *)
#define GET_PRIVATE_KEY 0x00030081
#define GET_CUSTOMER_OTP 0x00030021
#define ROWS 8

/* All of a message: its head, one tag, the end. */
struct message {
	u32 octets, code;
	struct rpi_firmware_property_tag_header tag;
	u32 first, rows, row[ROWS];
	u32 end;
};

#define VALUE_OCTETS (sizeof(u32) * (2 + ROWS))

static struct rpi_firmware *firmware;

static bool may_pass(const struct message *asked)
{
	return asked->octets == sizeof(*asked) && asked->code == RPI_FIRMWARE_STATUS_REQUEST &&
	       (asked->tag.tag == GET_PRIVATE_KEY || asked->tag.tag == GET_CUSTOMER_OTP) &&
	       asked->tag.buf_size == VALUE_OCTETS && asked->tag.req_resp_size == VALUE_OCTETS &&
	       asked->first == 0 && asked->rows == ROWS && asked->end == RPI_FIRMWARE_PROPERTY_END;
}

static long ask(struct file *file, unsigned int command, unsigned long address)
{
	struct message asked;
	long failed;

	if (command != PROPERTY)
		return -ENOTTY;
	if (copy_from_user(&asked, (void __user *)address, sizeof(asked)))
		return -EFAULT;
	if (!may_pass(&asked))
		return -EPERM;
	failed = rpi_firmware_property_list(firmware, &asked.tag, sizeof(asked.tag) + VALUE_OCTETS);
	asked.code = RPI_FIRMWARE_STATUS_SUCCESS;
	if (failed == -EINVAL) {
		/* A firmware that does not know the question: an answer as well. */
		asked.code = RPI_FIRMWARE_STATUS_ERROR;
		failed = 0;
	}
	if (!failed && copy_to_user((void __user *)address, &asked, sizeof(asked)))
		failed = -EFAULT;
	memzero_explicit(&asked, sizeof(asked));
	return failed;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = ask,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vcio",
	.fops = &operations,
	.mode = 0600,
};

/* Loaded by the first program. There is no way out: it stays as long as the system. */
static int __init begin(void)
{
	int failed;

	static_assert(sizeof(struct message) == 64);
	firmware = find_firmware();
	if (!firmware)
		return -ENODEV;
	failed = misc_register(&device);
	if (failed)
		rpi_firmware_put(firmware);
	return failed;
}
module_init(begin);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Reads the keys in one-time-programmable memory, and nothing else");
