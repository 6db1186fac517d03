"""The flashable SD image: layers, build, boot in QEMU. Nothing of the product imports it."""
