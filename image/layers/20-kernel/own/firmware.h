/* SPDX-License-Identifier: GPL-2.0-only */
/* The firmware of a Raspberry Pi, as each module of ours finds it: once, when it is loaded. */
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/of.h>
#include <soc/bcm2835/raspberrypi-firmware.h>

/* Boards whose device tree has one of these: there the modules are loaded. */
static const struct of_device_id firmwares[] = {
	{ .compatible = "raspberrypi,bcm2835-firmware" },
	{ }
};
MODULE_DEVICE_TABLE(of, firmwares);

/* NULL if there is none. Whoever has it gives it back with rpi_firmware_put(). */
static struct rpi_firmware *__init find_firmware(void)
{
	struct device_node *node = of_find_matching_node(NULL, firmwares);
	struct rpi_firmware *found;

	if (!node)
		return NULL;
	found = rpi_firmware_get(node);
	of_node_put(node);
	return found;
}
