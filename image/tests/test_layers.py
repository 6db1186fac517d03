"""The layers that are there are sound, and each thing that would make one unsound is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from image.boards import read_boards
from image.layers import BASES, VARIANTS, digest, faults, packages, read_layers
from image.plan import main, plan

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write one sound layer, changed as asked, and return the folder of the layers."""

    def write(name: str = "10-base", **files: str) -> Path:
        layer = tmp_path / name
        layer.mkdir()
        for file, text in {"README": "Adds one thing.", "packages": "kmod", **files}.items():
            path = layer / file.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path

    return write


def test_the_layers_of_the_tree_have_no_fault() -> None:
    assert faults() == []


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_board_is_in_every_plan(variant: str, base: str) -> None:
    lines = "\n".join(plan(variant, base))
    assert all(board.title in lines for board in read_boards())


def test_both_variants_share_one_root() -> None:
    assert packages(read_layers("release", "debian")) == packages(read_layers("test", "debian"))


def test_the_plan_is_printed() -> None:
    assert main(["--variant", "release", "--base", "debian"]) == 0


def test_a_sound_layer_has_no_fault(make: Make) -> None:
    assert faults(make()) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"README": "One\ntwo"}, "one line"),
        ({"README": ""}, "one line"),
        ({"README": "x" * 161}, "160 characters"),
        ({"packages": "Kmod"}, "no Debian package's name"),
        ({"packages": "kmod;reboot"}, "no Debian package's name"),
        ({"packages": "# nothing"}, "adds nothing"),
        ({"variants": "debug"}, "no variant debug"),
        ({"variants": "test"}, "they share one root"),
        ({"bases": "fedora"}, "no base fedora"),
        ({"script": "#!/bin/sh\n"}, "not executable"),
    ],
)
def test_a_fault_is_found(make: Make, changed: dict[str, str], said: str) -> None:
    assert any(said in fault for fault in faults(make(**changed)))


def test_a_script_says_what_runs_it(make: Make) -> None:
    folder = make(script="echo")
    (folder / "10-base" / "script").chmod(0o755)
    assert any("must begin with #!" in fault for fault in faults(folder))


def test_a_layer_without_a_readme_is_a_fault(make: Make) -> None:
    folder = make()
    (folder / "10-base" / "README").unlink()
    assert any("has no README" in fault for fault in faults(folder))


def test_a_folder_without_a_number_is_a_fault(make: Make) -> None:
    assert any("NN-name" in fault for fault in faults(make("base")))


def test_two_layers_of_one_number_are_a_fault(make: Make) -> None:
    make("10-base")
    assert any("the same number" in fault for fault in faults(make("10-other", packages="udev")))


def test_a_package_is_asked_for_once(make: Make) -> None:
    make("10-base")
    assert any("asked for in 10-base" in fault for fault in faults(make("20-more")))


def test_no_file_runs_as_somebody_else(make: Make) -> None:
    folder = make(files__usr__bin__su="")
    (folder / "10-base" / "files" / "usr" / "bin" / "su").chmod(0o4755)
    assert any("set-user-ID" in fault for fault in faults(folder))


def test_a_variant_without_the_layer_does_not_get_it(make: Make) -> None:
    make("10-base")
    folder = make("90-test", variants="test", packages="")
    assert [layer.name for layer in read_layers("release", "debian", folder)] == ["10-base"]


def test_the_digest_sees_a_changed_octet(make: Make) -> None:
    folder = make()
    before = digest(read_layers("release", "debian", folder))
    (folder / "10-base" / "packages").write_text("udev")
    assert digest(read_layers("release", "debian", folder)) != before


def test_the_digest_sees_that_a_script_runs_now(make: Make) -> None:
    folder = make(script="#!/bin/sh\n")
    before = digest(read_layers("release", "debian", folder))
    (folder / "10-base" / "script").chmod(0o755)
    assert digest(read_layers("release", "debian", folder)) != before
