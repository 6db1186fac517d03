// SPDX-License-Identifier: GPL-2.0-only
/*
 * A restart that asks for a trial, passed on to the firmware of a Raspberry Pi:
 *
 *     reboot "0 tryboot"  ->  here  ->  SET_REBOOT_FLAGS (tag 0x00038064) with flag 1
 *
 * The next start, and only that one, is then of the partition that autoboot.txt names under [tryboot].
 * Raspberry Pi's own kernel does this in its firmware driver, and Debian's has no word of it. Nothing else is
 * done here; what the firmware does not take is lost, and the old slot starts.
 */
#define pr_fmt(text) "sottovoce_tryboot: " text

#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/reboot.h>
#include <linux/string.h>

#include "firmware.h"

#define SET_REBOOT_FLAGS 0x00038064
#define TRYBOOT 1

static struct rpi_firmware *firmware;

/*
 * Called before any device is shut down: the firmware driver tells the firmware that a restart begins when
 * it is shut down itself, and the flag must be there by then.
 */
static int restarting(struct notifier_block *block, unsigned long action, void *command)
{
	u32 flags = TRYBOOT;
	int failed;

	if (action != SYS_RESTART || !command || !strstr(command, " tryboot"))
		return NOTIFY_DONE;
	failed = rpi_firmware_property(firmware, SET_REBOOT_FLAGS, &flags, sizeof(flags));
	if (failed)
		pr_err("the firmware did not take the request: %d\n", failed);
	return NOTIFY_DONE;
}

static struct notifier_block notifier = { .notifier_call = restarting };

/* Loaded by udev. There is no way out: it stays until the restart that it is for. */
static int __init begin(void)
{
	int failed;

	firmware = find_firmware();
	if (!firmware)
		return -ENODEV;
	failed = register_reboot_notifier(&notifier);
	if (failed)
		rpi_firmware_put(firmware);
	return failed;
}
module_init(begin);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Passes a restart that asks for a trial on to the firmware");
