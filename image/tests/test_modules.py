"""Kernel modules come with what they need, and with nothing else."""

from __future__ import annotations

from image.modules import choose, read_needs, with_needs

TEXT = """\
kernel/drivers/md/dm-verity.ko.xz: kernel/drivers/md/dm-bufio.ko.xz kernel/drivers/md/dm-mod.ko.xz
kernel/drivers/md/dm-bufio.ko.xz: kernel/drivers/md/dm-mod.ko.xz
kernel/drivers/md/dm-mod.ko.xz:
kernel/sound/drivers/snd-aloop.ko.xz: kernel/sound/core/snd.ko.xz
kernel/sound/core/snd.ko.xz:
"""
NEEDS = read_needs(TEXT)


def test_a_module_brings_what_it_needs() -> None:
    chosen = choose(("drivers/md/dm-verity.ko",), NEEDS, names=False)
    assert with_needs(chosen, NEEDS) == {path for path in NEEDS if "/md/" in path}


def test_a_glob_takes_a_folder() -> None:
    assert len(choose(("drivers/md/*",), NEEDS, names=False)) == 3


def test_a_name_is_found_however_it_is_spelled() -> None:
    assert choose(("snd_aloop",), NEEDS, names=True) == {"kernel/sound/drivers/snd-aloop.ko.xz"}


def test_what_is_not_there_is_not_chosen() -> None:
    assert choose(("drivers/nothing/*",), NEEDS, names=False) == set()
